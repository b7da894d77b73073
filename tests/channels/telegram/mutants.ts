import {
  array,
  assert,
  constant,
  constantFrom,
  jsonValue,
  nat,
  oneof,
  property,
  record,
  string,
  uint8Array,
} from 'fast-check'
import { readDelivery } from '../../../src/channels/telegram/updates/read-delivery.ts'
import { chatOf, readUpdate } from '../../../src/channels/telegram/updates/read-update.ts'

/**
 * Updates of the published form, broken in every way that JSON and bytes allow, through the same reading that a
 * webhook and a poll use. It must never throw, and never take long: an update that hangs the reader holds up everyone.
 */
const SLOWEST_MS = 50

const her = { id: 7, type: 'private', first_name: 'x' }
const from = { id: 7, is_bot: false, first_name: 'x', language_code: 'en' }
const message = { message_id: 11, date: 1_772_000_000, chat: her, from }
const group = { id: -1_000_000_000_001, type: 'supergroup', title: 'x', is_forum: true }
const change = { chat: her, from, date: 1, old_chat_member: { status: 'member' } }

const FIXTURES: readonly object[] = [
  {
    message: { ...message, text: '/help me @now', entities: [{ type: 'bot_command', offset: 0, length: 5 }] },
  },
  { message: { ...message, text: 'text 🎲 العربية \u202e', reply_to_message: { ...message, text: 'x' } } },
  { message: { ...message, location: { latitude: 12.345678, longitude: -98.7, live_period: 60 } } },
  { message: { ...message, photo: [{ file_id: 'x', width: 1, height: 1 }], caption: 'x' } },
  { message: { ...message, contact: { phone_number: '+1', first_name: 'x' } } },
  { message: { ...message, pinned_message: { ...message, text: 'x' } } },
  { message: { ...message, chat: group, new_chat_members: [from] } },
  { edited_message: { ...message, text: 'x', edit_date: 2 } },
  { callback_query: { id: 'q', from, message, chat_instance: '1', data: 'health.yes' } },
  { callback_query: { id: 'q', from, message: { message_id: 1, date: 0, chat: her }, data: 'x' } },
  { callback_query: { id: 'q', from, inline_message_id: 'x', game_short_name: 'x' } },
  { my_chat_member: { ...change, new_chat_member: { status: 'kicked', until_date: 0 } } },
  { my_chat_member: { ...change, chat: group, new_chat_member: { status: 'administrator' } } },
].map((fixture) => ({ update_id: 731_000_001, ...fixture }))

/** Throws, with the smallest update that does it, when one throws or takes longer than 50 ms. */
export function readMutatedUpdates(runs: number): void {
  const step = record({
    at: nat(),
    action: constantFrom('replace', 'remove', 'rename', 'wrap', 'double'),
    value: oneof(
      jsonValue(),
      string({ unit: 'binary', maxLength: 200 }),
      constantFrom(
        0,
        -0,
        -1,
        1e308,
        2 ** 53,
        0.5,
        true,
        null,
        '',
        'private',
        '/'.repeat(5_000),
        ' '.repeat(5_000),
      ),
    ),
    name: oneof(
      string(),
      constantFrom('__proto__', 'constructor', 'toString', 'message', 'text', 'chat', 'from'),
    ),
  })
  const damage = oneof({ weight: 3, arbitrary: constant(new Uint8Array()) }, uint8Array({ maxLength: 3 }))
  assert(
    property(
      constantFrom(...FIXTURES),
      array(step, { maxLength: 3 }),
      damage,
      nat(),
      (fixture, steps, bytes, at) => {
        const mutated = steps.reduce<unknown>((given, one) => mutate(given, one), fixture)
        const body = Buffer.from(JSON.stringify(mutated) ?? '')
        // In a quarter of the mutants bytes are broken too: at a place of the mutant's choosing, by up to three bytes.
        body.set(
          bytes.subarray(0, Math.max(0, body.length - (at % (body.length + 1)))),
          at % (body.length + 1),
        )
        // Another process may have had the machine for a moment; what is slow itself is slow three times.
        for (let tries = 1; timeOf(body) > SLOWEST_MS; tries += 1)
          if (tries === 3) throw new Error(`reading took longer than ${SLOWEST_MS} ms`)
      },
    ),
    { numRuns: runs },
  )
}

function timeOf(body: Buffer): number {
  const start = performance.now()
  const given = readDelivery(body)
  if (given !== undefined) {
    readUpdate(given, 0)
    chatOf(given)
  }
  return performance.now() - start
}

interface Step {
  at: number
  action: 'replace' | 'remove' | 'rename' | 'wrap' | 'double'
  value: unknown
  name: string
}

/** A copy in which one place, chosen by `at` among all places, is changed. */
function mutate(given: unknown, { at, action, value, name }: Step): unknown {
  const places = countPlaces(given)
  let left = at % places
  const walk = (node: unknown): unknown => {
    if (left === 0) {
      left -= 1
      return action === 'wrap' ? [node] : value
    }
    left -= 1
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node !== 'object' || node === null) return node
    const entries: [string, unknown][] = []
    for (const [key, child] of Object.entries(node)) {
      const here = left === 0
      const next = walk(child)
      if (here && action === 'remove') continue
      entries.push([here && action === 'rename' ? name : key, here && action === 'rename' ? child : next])
      if (here && action === 'double') entries.push([name, child])
    }
    // Defines '__proto__' as the plain field that it is in JSON.
    return Object.fromEntries(entries)
  }
  return walk(given)
}

function countPlaces(node: unknown): number {
  if (typeof node !== 'object' || node === null) return 1
  return Object.values(node).reduce<number>((sum, child) => sum + countPlaces(child), 1)
}
