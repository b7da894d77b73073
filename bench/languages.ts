import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createEngine } from '../src/conversation/create-engine.ts'
import type { Locales } from '../src/conversation/locale.ts'
import { createLexicon } from '../src/conversation/understand/lexicon.ts'
import { createTitleSearch } from '../src/conversation/understand/search.ts'
import { understand } from '../src/conversation/understand/understand.ts'
import { keptLexicon } from '../src/kept-lexicon.ts'
import { loadLocales } from '../src/load-locales.ts'
import { benchDirectory } from './parts.ts'
import { atMostRow, type Row } from './row.ts'

/**
 * All languages at once: what it costs to load them with the packs (each round in a process of its own; the compiled
 * lists are kept from the one before, as a service's are from its last start), and to read a message of 1,000 characters in each of them.
 */
const HOUSE = join(import.meta.dirname, '..')
const ROUNDS = 5
const CHARACTERS = 1_000
const READS = 100

export function languageRows(): Row[] {
  const loads = Array.from({ length: ROUNDS }, (): Load => {
    const { stdout } = spawnSync(process.execPath, ['--expose-gc', import.meta.filename], {
      encoding: 'utf8',
    })
    return JSON.parse(stdout) as Load
  })
  const { locales } = loadLocales(join(HOUSE, 'locales'))
  const times = readings(locales)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  const of = (part: (load: Load) => number) => loads.map(part)
  return [
    atMostRow(
      `${locales.size} languages and the packs are loaded`,
      'ms',
      of(({ ms }) => ms),
      300,
    ),
    atMostRow(
      '  and take',
      'MiB',
      of(({ mebibytes }) => mebibytes),
      40,
    ),
    {
      ...atMostRow(
        `reading ${CHARACTERS} characters over ${locales.size} languages, p50`,
        'µs',
        [at(0.5)],
        500,
      ),
      beside: `${times.length} readings, one text of each language`,
    },
    atMostRow('  p99', 'µs', [at(0.99)], 3_000),
  ]
}

interface Load {
  ms: number
  mebibytes: number
}

/** Heap and buffers together, after a collection on both sides. */
function load(): Load {
  const used = () => {
    globalThis.gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return (heapUsed + arrayBuffers) / 2 ** 20
  }
  const before = used()
  const begin = performance.now()
  const { locales } = loadLocales(join(HOUSE, 'locales'))
  const directory = benchDirectory()
  const lexicon = keptLexicon(locales)
  const engine = createEngine({ locales, lexicon, directory, entrance: 'open', idleHours: 24, caseDays: 7 })
  const ms = performance.now() - begin
  const after = used()
  if (engine.firstLanguage !== 'en') throw new Error('English comes first')
  return { ms, mebibytes: after - before }
}

/** Microseconds of each reading, sorted; the first tenth only warms up. */
function readings(locales: Locales): number[] {
  const lexicon = createLexicon(locales)
  const nothing = createTitleSearch(new Map())
  const texts = [...locales.values()].map(({ tag, messages }) => {
    const words = Object.values(messages.pages).flatMap((flow) =>
      Object.values(flow).map(({ text = '' }: { text?: string }) => text),
    )
    return { tag, text: words.join(' ').slice(0, CHARACTERS) }
  })
  const times: number[] = []
  for (let n = 0; n < READS * 1.1; n += 1)
    for (const { tag, text } of texts) {
      const begin = performance.now()
      understand(text, { mode: 'open', language: tag, pack: 'demo', choices: [] }, lexicon, nothing)
      if (n >= READS * 0.1) times.push((performance.now() - begin) * 1_000)
    }
  return times.toSorted((a, b) => a - b)
}

if (import.meta.main) process.stdout.write(JSON.stringify(load()))
