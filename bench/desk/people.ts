import { Pool } from 'undici'
import { startFakePlatform } from '../webhook/fake-platform.ts'
import { WIRES } from '../webhook/wires.ts'
import { TO_A_CASEWORKER, TO_MENU } from '../../tests/turns/ways.ts'

/**
 * The people, on WhatsApp: each asks for a person to talk to, by the words below, and then writes. The platform behind
 * them is a fake one that answers every call at once.
 */
export interface People {
  /** The fake platform's. */
  apiUrl: string
  /** From hello to the request that waits; every word is answered by one message. */
  askForHelp(person: number): Promise<void>
  /** Resolves to when the webhook call was sent, in milliseconds of `performance.now()`. */
  write(person: number, text: string): Promise<number>
  /** Those to whom it was said that somebody is there now. */
  connected: ReadonlySet<number>
  /** Messages to them that nobody had asked for. */
  strays(): number
  last: Map<number, string>
  goTo(address: string): void
  close(): Promise<void>
}

const SENT = /request waits/u
const CONNECTED = /^You are connected now/u
const PATIENCE_MS = 45_000
const CONNECTIONS = 64

let events = 0

export async function createPeople(): Promise<People> {
  const expected = new Map<number, (text: string) => void>()
  const connected = new Set<number>()
  let strays = 0
  const last = new Map<number, string>()
  let pool: Pool | undefined
  const { address: apiUrl } = await startFakePlatform((person, text) => {
    last.set(person, text)
    const reply = expected.get(person)
    expected.delete(person)
    if (reply !== undefined) reply(text)
    else if (CONNECTED.test(text)) connected.add(person)
    else strays += 1
  })

  async function post(person: number, text: string): Promise<number> {
    if (pool === undefined) throw new Error('the people do not know where to write to')
    events += 1
    const { path, message } = WIRES.whatsapp
    const call = message(person, events, text)
    const at = performance.now()
    const answer = await pool.request({ method: 'POST', path, ...call })
    await answer.body.dump()
    if (answer.statusCode !== 200) throw new Error(`a webhook call was answered ${answer.statusCode}`)
    return at
  }

  function replied(person: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error('no reply came to somebody who asked for a person')),
        PATIENCE_MS,
      )
      expected.set(person, (text) => {
        clearTimeout(late)
        resolve(text)
      })
    })
  }

  return {
    apiUrl,
    async askForHelp(person) {
      let reply = ''
      for (const word of [...TO_MENU, ...TO_A_CASEWORKER])
        [reply] = await Promise.all([replied(person), post(person, word)])
      if (!SENT.test(reply)) throw new Error(`a request ended with "${reply.slice(0, 60)}"`)
    },
    write: post,
    connected,
    last,
    strays: () => strays,
    goTo(address) {
      pool = new Pool(address, { connections: CONNECTIONS })
    },
    close: async () => pool?.close(),
  }
}
