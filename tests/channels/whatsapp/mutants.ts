import { performance } from 'node:perf_hooks'
import { readWebhook } from '../../../src/channels/whatsapp/read-webhook.ts'
import { FIXTURES, fixture, OURS } from './fixtures.ts'

/**
 * Strange versions of Meta's webhook calls: a field gone, doubled, moved, of another kind, endless or hostile. What
 * is made depends on the seed only, so a failure can be made again.
 */
export function mutateFixture(seed: number, body: unknown): unknown {
  const random = seeded(seed)
  let mutant = structuredClone(body)
  for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1) mutant = mutated(mutant, random)
  return mutant
}

type Source = () => number

/** mulberry32 */
function seeded(seed: number): Source {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '|',
  '../..',
  'x'.repeat(100_000),
  [],
  {},
  [[[]]],
  { type: { type: {} } },
  Array.from({ length: 1_000 }, () => ({ id: '1' })),
  JSON.parse('{"__proto__":{"type":"text"},"constructor":null,"toString":1,"length":-1}'),
]

/** Walks down to a random place and changes what stands there. */
function mutated(node: unknown, random: Source): unknown {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)]
  if (typeof node !== 'object' || node === null || random() < 0.08) {
    return random() < 0.1 ? [node, node] : pick(STRANGE)
  }
  if (Array.isArray(node)) {
    const items: unknown[] = [...node]
    const at = Math.floor(random() * items.length)
    const fate = random()
    if (fate < 0.1) items.splice(at, 1)
    else if (fate < 0.2) items.push(pick(STRANGE), ...items)
    else if (items.length > 0) items[at] = mutated(items[at], random)
    return items
  }
  const entries = Object.entries(node)
  const at = Math.floor(random() * entries.length)
  const [key, value] = entries[at] ?? ['added', undefined]
  const fate = random()
  if (fate < 0.1) entries.splice(at, 1)
  else if (fate < 0.2) entries.push([pick(entries)?.[0] ?? 'added', pick(STRANGE)])
  else entries[at] = [key, mutated(value, random)]
  return Object.fromEntries(entries)
}

/** Longer than this and a call of Meta's could be held up. */
const MOST_MS = 50

const bodies = FIXTURES.map(fixture)

/**
 * Reads one mutant of one fixture; what is wrong with the reading, or undefined. The time is that of the better of
 * two tries, so that a busy machine is not taken for a slow reader.
 */
export function faultOf(seed: number): string | undefined {
  const fixtureAt = (seed >>> 0) % bodies.length
  const name = FIXTURES[fixtureAt]
  const body = Buffer.from(JSON.stringify(mutateFixture(seed, bodies[fixtureAt])) ?? 'null')
  try {
    const times = [0, 1].map(() => {
      const begun = performance.now()
      readWebhook(body, new Set<string>(OURS), 1_772_366_400_000)
      return performance.now() - begun
    })
    const ms = Math.min(...times)
    return ms > MOST_MS ? `seed ${seed} of ${name} took ${ms} ms` : undefined
  } catch {
    return `seed ${seed} of ${name} was thrown at`
  }
}

/** What went wrong in so many mutants, seeds counted from `from`; empty when nothing did. */
export function readMutatedFixtures(runs: number, from = 0): string[] {
  return Array.from({ length: runs }, (_, n) => faultOf(from + n)).filter((fault) => fault !== undefined)
}
