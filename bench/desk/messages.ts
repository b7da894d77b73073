import { setTimeout as wait } from 'node:timers/promises'
import type { House } from './house.ts'

/** People with a caseworker write, and each message is followed to the caseworker's screen. */
export interface Correspondence {
  /** So many a second whatever the server does, each timed from when it was due. Sorted milliseconds. */
  steady(count: number, perSecond: number): Promise<number[]>
  /** Throws unless every case holds what its person wrote, all of it, once and in order. */
  verify(): Promise<number>
}

const TEXT = 'I do not know where to begin, and I am glad that you are there.'

export function createCorrespondence({ people, screens, watch, talking }: House): Correspondence {
  const sent = new Map<number, string[]>()
  let written = 0

  async function one(due?: number): Promise<number> {
    const person = talking[written % talking.length] ?? 0
    written += 1
    const text = `${person}/${written} ${TEXT}`
    sent.set(person, [...(sent.get(person) ?? []), text])
    const [at, seen] = await Promise.all([people.write(person, text), watch.seen(text)])
    return seen - (due ?? at)
  }

  return {
    async steady(count, perSecond) {
      const under: Promise<number>[] = []
      const begin = performance.now()
      while (under.length < count) {
        const due = begin + (under.length * 1000) / perSecond
        if (due > performance.now()) await wait(1)
        else {
          const message = one(due)
          // Whoever fails first is heard below, once all have left.
          message.catch(() => {})
          under.push(message)
        }
      }
      return (await Promise.all(under)).toSorted((a, b) => a - b)
    },

    async verify() {
      const expected = new Map(sent)
      for (const screen of screens)
        for (const { entries } of await screen.threads()) {
          const texts = entries.flatMap((entry) => (entry.kind === 'person' ? [entry.text] : []))
          const person = Number(texts[0]?.split('/')[0] ?? 0)
          if (texts.join('\n') !== (expected.get(person)?.join('\n') ?? ''))
            throw new Error('a case does not hold what its person wrote')
          expected.delete(person)
        }
      if (expected.size > 0) throw new Error(`what ${expected.size} people wrote is in no case`)
      return written
    },
  }
}
