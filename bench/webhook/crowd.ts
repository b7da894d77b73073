import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'undici'
import { WORDS } from './dialogue.ts'
import type { Arrived } from './fake-platform.ts'
import type { Target } from './job.ts'
import { WIRES } from './wires.ts'

/**
 * People who write to one service. Guarantees: a person's next message leaves only after the reply to the last one
 * reached the platform and the last call was answered 200; every message got exactly one reply, and the same one that
 * the first person got for it. Anything else is a failure of the whole bench.
 */
export interface Crowd {
  begin(): Person
  /** One turn. Resolves to the time at which the server had answered 200, in milliseconds of `performance.now()`. */
  turn(person: Person): Promise<number>
  turns(): number
  /** Waits for replies too many, and throws if any came. */
  close(): Promise<void>
}

export interface Person {
  id: number
  /** Turns done. */
  done: number
}

const TOO_LATE_MS = 15_000
const STRAYS_MS = 300
/** A reply is known by its beginning: what follows may differ from person to person (her come-back word). */
const OPENING = 40

/** All people of one run of the bench are different ones, and so are all events. */
let people = 0
let events = 0

export const isThrough = (person: Person) => person.done === WORDS.length

export interface Arrivals {
  /** The fake platform's. */
  arrived: Arrived
  crowd(target: Target, connections: number): Crowd
}

export function createArrivals(): Arrivals {
  const expected = new Map<number, (text: string) => void>()
  let strays = 0

  return {
    arrived(person, text) {
      const reply = expected.get(person)
      expected.delete(person)
      if (reply === undefined) strays += 1
      else reply(text)
    },
    crowd({ wire, servers }, connections) {
      const pools = servers.map(({ address }) => new Pool(address, { connections }))
      const { path, message } = WIRES[wire]
      const openings: string[] = []
      let turns = 0

      async function post(person: Person): Promise<number> {
        events += 1
        const pool = pools[events % pools.length]
        if (pool === undefined) throw new Error('there is no server to call')
        const answer = await pool.request({
          method: 'POST',
          path,
          ...message(person.id, events, WORDS[person.done] ?? ''),
        })
        const at = performance.now()
        await answer.body.dump()
        if (answer.statusCode !== 200) throw new Error(`a webhook call was answered ${answer.statusCode}`)
        return at
      }

      function replied({ id, done }: Person): Promise<string> {
        return new Promise((resolve, reject) => {
          const late = setTimeout(
            () => reject(new Error(`no reply to message ${done + 1} of a person in 15 s`)),
            TOO_LATE_MS,
          )
          expected.set(id, (text) => {
            clearTimeout(late)
            resolve(text)
          })
        })
      }

      function check(text: string, at: number): void {
        const opening = text.slice(0, OPENING)
        openings[at] ??= opening
        if (opening === '' || openings[at] !== opening)
          throw new Error(`the reply to "${WORDS[at]}" was "${opening}" and not "${openings[at]}"`)
      }

      return {
        begin() {
          people += 1
          return { id: people, done: 0 }
        },
        async turn(person) {
          const [text, acknowledged] = await Promise.all([replied(person), post(person)])
          check(text, person.done)
          person.done += 1
          turns += 1
          return acknowledged
        },
        turns: () => turns,
        async close() {
          await wait(STRAYS_MS)
          await Promise.all(pools.map((pool) => pool.close()))
          if (strays > 0) throw new Error(`${strays} replies came that nobody had asked for`)
        },
      }
    },
  }
}
