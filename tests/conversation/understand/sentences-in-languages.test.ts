import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HOUSE } from '../../../src/cli/house.ts'
import { createLexicon } from '../../../src/conversation/understand/lexicon.ts'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { loadLocales } from '../../../src/load-locales.ts'
import { at, nothing } from './english.ts'

/**
 * Sentences in nine languages, written by somebody who had not seen the lists, and read as the service reads them: over
 * all languages at once. `first`: what was heard, and falsely alarmed, before any list was changed for them, which is what
 * to expect of sentences that nobody has seen; those of ar, es, fr and uk came in two batches, and the second was read after
 * the first had been mended. What was missed was mended afterwards, so that the numbers printed here say
 * only that nothing was lost. No native speaker has looked at the sentences yet.
 */
const FIRST: Readonly<Record<string, { heard: string; alarmed: string }>> = {
  ar: { heard: '38/53', alarmed: '2/65' },
  az: { heard: '41/50', alarmed: '1/62' },
  bn: { heard: '44/51', alarmed: '0/61' },
  es: { heard: '46/53', alarmed: '5/65' },
  ha: { heard: '24/26', alarmed: '1/32' },
  fr: { heard: '44/53', alarmed: '1/65' },
  ru: { heard: '39/50', alarmed: '2/62' },
  so: { heard: '21/26', alarmed: '2/32' },
  uk: { heard: '46/53', alarmed: '5/65' },
}

interface Sentence {
  text: string
  kind: 'danger' | 'disclosure' | 'text'
  tier?: 1 | 2 | 3
}

const lexicon = createLexicon(loadLocales(join(HOUSE, 'locales')).locales)
const sentencesIn = (language: string): Sentence[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, `sentences.${language}.json`), 'utf8'))

function tierOf(text: string, language: string): number | undefined {
  const read = understand(text, at({ language }), lexicon, nothing)
  if (read.type === 'danger') return 1
  return read.type === 'disclosure' ? read.tier : undefined
}

const share = (part: number, whole: number) => `${part}/${whole} (${((100 * part) / whole).toFixed(1)} %)`

describe.each(Object.entries(FIRST))('in %s', (language, first) => {
  const sentences = sentencesIn(language)
  const grave = sentences.filter(({ tier }) => tier === 1 || tier === 2)
  const soft = sentences.filter(({ tier }) => tier === 3)
  const harmless = sentences.filter(({ kind }) => kind === 'text')

  test('there are at least sixty, half of them harmless', () => {
    expect(sentences.length).toBeGreaterThanOrEqual(60)
    expect(harmless.length / sentences.length).toBeGreaterThanOrEqual(0.48)
    expect(new Set(sentences.map(({ text }) => text)).size).toBe(sentences.length)
  })

  test('danger and violence are heard in at least 95 %, and harmless sentences alarm in no more than 2 %', () => {
    const missed = grave.filter(({ text, tier = 0 }) => (tierOf(text, language) ?? 9) > tier)
    const alarmed = harmless.filter(({ text }) => tierOf(text, language) !== undefined)
    const softly = soft.filter(({ text }) => tierOf(text, language) !== undefined)
    process.stdout.write(
      `${language}: tiers 1 and 2 heard ${share(grave.length - missed.length, grave.length)}, first ${first.heard}; tier 3 ${share(softly.length, soft.length)}; false alarms ${share(alarmed.length, harmless.length)}, first ${first.alarmed}\n`,
    )
    expect(missed.length / grave.length).toBeLessThanOrEqual(0.05)
    expect(alarmed.length / harmless.length).toBeLessThanOrEqual(0.02)
  })
})
