import { spawnSync } from 'node:child_process'
import { atMostRow, median, type Row } from './row.ts'
import { phoneOf, startServer } from './server.ts'

/** From the start of a new process on empty folders until a phone has the answer to its first message, over HTTP. */
const ROUNDS = 5

export async function startRows(): Promise<Row[]> {
  const seconds: number[] = []
  const bare: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now()
    const server = await startServer()
    const phone = phoneOf(server, 'whatsapp')
    const event = await phone.ask('hello')
    seconds.push((performance.now() - begin) / 1000)
    if (event.kind !== 'message' || event.message.choices.length === 0) throw new Error('no first page came')
    phone.hangUp()
    await server.stop()

    const floor = performance.now()
    spawnSync(process.execPath, ['--eval', ''])
    bare.push((performance.now() - floor) / 1000)
  }
  const row = atMostRow('start to the first answer', 's', seconds, 1.5)
  return [
    {
      ...row,
      beside: `node that does nothing: ${median(bare).toFixed(2)} s`,
      ratio: (median(seconds) / median(bare)).toFixed(1),
    },
  ]
}
