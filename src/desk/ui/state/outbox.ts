import { act } from './cases.ts'
import type { Failure } from '../server/api.ts'
import { randomId } from '../random-id.ts'
import { phase, type Unsent, unsent } from './store.ts'

/**
 * What was written and is not yet taken. Each case's words leave in order, with the id that they got here, so that a
 * weak line makes nothing twice; what the server refuses stays in sight until the caseworker decides.
 */

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 15_000
/** The server may take these later. */
const PASSING: ReadonlySet<Failure> = new Set<Failure>([
  'away',
  'unavailable',
  'tooMany',
  'stale',
  'signIn',
  'again',
])

const busy = new Set<string>()
let wait = FIRST_WAIT_MS
let timer: ReturnType<typeof setTimeout> | undefined

export function send(item: Omit<Unsent, 'entry'>): void {
  unsent.value = [...unsent.value, { ...item, entry: randomId() }]
  void pump(item.case)
}

export function discard(entry: string): void {
  unsent.value = unsent.value.filter((item) => item.entry !== entry)
}

/** After the line came back, or a sign-in. */
export function sendAll(): void {
  clearTimeout(timer)
  wait = FIRST_WAIT_MS
  for (const id of new Set(unsent.value.map((item) => item.case))) void pump(id)
}

async function pump(id: string): Promise<void> {
  if (busy.has(id) || phase.value !== 'in') return
  busy.add(id)
  for (let item = next(id); item !== undefined; item = next(id)) {
    const { entry, kind, text, service } = item
    const why = await act(id, kind, kind === 'card' ? { entry, service: service ?? '' } : { entry, text })
    if (why === undefined) {
      wait = FIRST_WAIT_MS
      discard(entry)
    } else if (PASSING.has(why)) {
      later()
      break
    } else {
      unsent.value = unsent.value.map((one) => (one.entry === entry ? { ...one, refused: why } : one))
    }
  }
  busy.delete(id)
}

function next(id: string): Unsent | undefined {
  return unsent.value.find((item) => item.case === id && item.refused === undefined)
}

function later(): void {
  clearTimeout(timer)
  timer = setTimeout(() => {
    const grown = Math.min(wait * 2, LONGEST_WAIT_MS)
    sendAll()
    wait = grown
  }, wait)
}
