import type { Started } from './start-desk.ts'

/** A page's line of events over a real socket, as a test reads it. */
export interface Line {
  response: Response
  text(): string
  /** Everything so far, up to and including the first that fits. */
  until(part: string): Promise<string>
  ended(): Promise<true>
  lastId(): string | undefined
  /** The browser goes away. */
  close(): void
}

export async function listen(started: Started, cookie: string, last?: string): Promise<Line> {
  const address = await started.listening()
  const stop = new AbortController()
  const response = await fetch(`${address}/desk/api/events`, {
    headers: {
      'sec-fetch-site': 'same-origin',
      cookie,
      ...(last === undefined ? {} : { 'last-event-id': last }),
    },
    signal: stop.signal,
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  let ended = false
  const more = async () => {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true }
    text += value ?? ''
    ended = done
  }
  await more()
  return {
    response,
    text: () => text,
    async until(part) {
      while (!text.includes(part) && !ended) await more()
      return text
    },
    async ended() {
      while (!ended) await more()
      return true
    },
    lastId: () => /id: (\d+)\n(?![\s\S]*id: )/u.exec(text)?.[1],
    close: () => stop.abort(),
  }
}

export const told = (text: string) =>
  [...text.matchAll(/^data: (.*)$/gmu)].map(([, json = '']) => JSON.parse(json) as object)
