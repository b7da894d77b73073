import type { PhoneEvent } from '../wire.ts'

/** Reads server-sent events out of a stream of text, however it was cut into pieces. */

export interface Arrived {
  id: string
  event: PhoneEvent
}

export function createEventReader(): (piece: string) => Arrived[] {
  let rest = ''
  return (piece) => {
    const blocks = (rest + piece).split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.flatMap(arrived)
  }
}

function arrived(block: string): Arrived[] {
  let id = ''
  let data = ''
  for (const line of block.split('\n')) {
    if (line.startsWith('id: ')) id = line.slice(4)
    if (line.startsWith('data: ')) data += line.slice(6)
  }
  if (data === '') return []
  const event: PhoneEvent = JSON.parse(data)
  return [{ id, event }]
}
