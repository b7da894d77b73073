import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'undici'
import { startFakePlatform } from '../webhook/fake-platform.ts'
import { WORDS } from '../webhook/dialogue.ts'
import { type Call, whatsappStatus, WIRES } from '../webhook/wires.ts'
import type { Endured, Heard, Order } from './endurance-words.ts'

/**
 * The people and WhatsApp, for as long as the bench lasts. Each message is one call and its answer three more: sent,
 * delivered, read. A process that is not there is passed over, as a load balancer does it; a call that is cut comes
 * again a second later, as the platform does it. One person in four writes on as soon as her message was taken.
 */
const WEBHOOK = WIRES.whatsapp.path
const CONNECTIONS = 64
const ANSWER_WITHIN_MS = 8_000
const AGAIN_AFTER_MS = 1_000
const PASS_OVER_MS = 20
const DELIVERED_AFTER_MS = 150
const READ_AFTER_MS = 900
const LOST_AFTER_MS = 90_000
/** A reply is known by its beginning. */
const OPENING = 40
const IN_A_HURRY = 4
/** A hurried turn is two messages. */
const MESSAGES_PER_TURN =
  (IN_A_HURRY * WORDS.length) / ((IN_A_HURRY - 1) * WORDS.length + Math.ceil(WORDS.length / 2))

interface Person {
  id: number
  done: number
  /** What she waits for, in order. */
  waits: { at: number; since: number; came(): void }[]
  last: string
}

const openings: string[] = []
const people = new Map<number, Person>()
let pools: Pool[] = []
let begun = 0
let events = 0
let start = 0
let result: Endured = nothing()

function nothing(): Endured {
  return {
    calls: 0,
    messages: 0,
    acknowledgements: [],
    answers: [],
    triedAgain: 0,
    lost: 0,
    reordered: 0,
    repeated: [],
  }
}

const under = new Set<Promise<unknown>>()
function inBackground(work: Promise<unknown>): void {
  under.add(work)
  void work.finally(() => under.delete(work))
}

async function call(made: Call, due: number): Promise<void> {
  for (let n = (events += 1); ; n += 1) {
    const pool = pools[n % pools.length]
    try {
      if (pool === undefined) throw new Error('there is no server to call')
      const answer = await pool.request({
        method: 'POST',
        path: WEBHOOK,
        headersTimeout: ANSWER_WITHIN_MS,
        ...made,
      })
      await answer.body.dump()
      if (answer.statusCode === 200) break
      await wait(AGAIN_AFTER_MS)
    } catch (error) {
      await wait(isNobodyThere(error) ? PASS_OVER_MS : AGAIN_AFTER_MS)
    }
    result.triedAgain += 1
  }
  result.calls += 1
  result.acknowledgements.push(performance.now() - due)
}

const isNobodyThere = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'

function arrived(id: number, text: string, message: string): void {
  const person = people.get(id)
  if (person === undefined) return
  const opening = text.slice(0, OPENING)
  const [first] = person.waits
  if (first !== undefined && (openings[first.at] ??= opening) === opening) {
    person.waits.shift()
    person.last = opening
    result.answers.push(performance.now() - first.since)
    first.came()
  } else if (opening === person.last) result.repeated.push(performance.now() - start)
  else result.reordered += 1
  inBackground(report(id, message))
}

async function report(person: number, message: string): Promise<void> {
  const since = performance.now()
  await call(whatsappStatus(person, message, 'sent'), since)
  await wait(DELIVERED_AFTER_MS)
  await call(whatsappStatus(person, message, 'delivered'), performance.now())
  await wait(READ_AFTER_MS)
  await call(whatsappStatus(person, message, 'read'), performance.now())
}

function begin(): Person {
  begun += 1
  const person = { id: begun, done: 0, waits: [], last: '' }
  people.set(begun, person)
  return person
}

/** Resolves when the call was acknowledged; `answered` when the answer came or was given up. */
async function say(person: Person, due: number): Promise<{ answered: Promise<void> }> {
  const at = person.done
  person.done += 1
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const expected = { at, since: performance.now(), came: () => resolve(true) }
  person.waits.push(expected)
  await call(WIRES.whatsapp.message(person.id, (events += 1), WORDS[at] ?? ''), due)
  result.messages += 1
  const late = setTimeout(() => resolve(false), LOST_AFTER_MS)
  const answered = promise.then((came) => {
    clearTimeout(late)
    if (!came) result.lost += 1
  })
  return { answered }
}

async function learn(): Promise<void> {
  const person = begin()
  while (person.done < WORDS.length) await (await say(person, performance.now())).answered
  if (openings.length !== WORDS.length) throw new Error('the dialogue was not learnt')
}

async function run(seconds: number, messagesPerSecond: number): Promise<Endured> {
  start = performance.now()
  result = nothing()
  const idle: Person[] = []
  async function turn(due: number): Promise<void> {
    const person = idle.shift() ?? begin()
    const { answered } = await say(person, due)
    const isHurried = person.id % IN_A_HURRY === 0
    const rest = async () => {
      await answered
      if (person.done < WORDS.length) idle.push(person)
      else if (person.waits.length === 0) setTimeout(() => people.delete(person.id), LOST_AFTER_MS)
    }
    if (!isHurried || person.done === WORDS.length) return rest()
    await Promise.all([answered, (await say(person, performance.now())).answered])
    return rest()
  }
  const turnsPerSecond = messagesPerSecond / MESSAGES_PER_TURN
  for (let n = 0; n < seconds * turnsPerSecond; ) {
    for (const now = performance.now(); n < seconds * turnsPerSecond; n += 1) {
      const due = start + (n * 1_000) / turnsPerSecond
      if (due > now) break
      inBackground(turn(due))
    }
    await wait(1)
  }
  while (under.size > 0) await Promise.all(under)
  const sorted = (values: number[]) => values.toSorted((a, b) => a - b)
  return { ...result, acknowledgements: sorted(result.acknowledgements), answers: sorted(result.answers) }
}

async function heed(order: Order): Promise<Heard | undefined> {
  switch (order.kind) {
    case 'servers': {
      const before = pools
      pools = order.addresses.map((address) => new Pool(address, { connections: CONNECTIONS }))
      await Promise.all(before.map((pool) => pool.close()))
      return undefined
    }
    case 'learn':
      await learn()
      return { learnt: true }
    case 'run':
      return { done: await run(order.seconds, order.messagesPerSecond) }
  }
}

const tell = (heard: Heard) => process.send?.(heard)
const { address } = await startFakePlatform(arrived)
process.on('message', (order: Order) => {
  heed(order).then(
    (heard) => heard && tell(heard),
    (error: unknown) => tell({ failed: error instanceof Error ? error.message : String(error) }),
  )
})
process.once('disconnect', () => process.exit(0))
tell({ ready: address })
