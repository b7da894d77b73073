import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HOUSE } from '../../../src/cli/house.ts'
import { createLexicon } from '../../../src/conversation/understand/lexicon.ts'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { loadLocales } from '../../../src/load-locales.ts'
import { at, nothing } from './english.ts'

/**
 * Three generations of sentences in each language, all written before the writer had read the lists and before any of them
 * was measured (`unseen/<date>.<generation>/<language>.txt`: tier, or 0 for harmless, and the text). Each generation was
 * read only when the lists had been mended for the one before it. `FIRST` is what was heard at that first reading, all
 * languages at once: the number to expect of the next person, and the last generation's is the one to quote. One person
 * wrote the sentences and mended the lists; no native speaker has looked at either. What the tests assert is what was mended
 * afterwards, which says only that nothing is lost again.
 */
const FIRST: Readonly<Record<string, Readonly<Record<string, { heard: string; alarmed: string }>>>> = {
  '2026-11-27.1': {
    en: { heard: '25/35', alarmed: '4/32' },
    es: { heard: '27/35', alarmed: '1/31' },
    fr: { heard: '28/36', alarmed: '1/31' },
    ar: { heard: '26/36', alarmed: '1/31' },
    uk: { heard: '25/35', alarmed: '3/31' },
    ru: { heard: '27/37', alarmed: '2/31' },
    bn: { heard: '24/34', alarmed: '1/31' },
    so: { heard: '29/34', alarmed: '2/31' },
    ha: { heard: '32/34', alarmed: '1/31' },
    az: { heard: '30/34', alarmed: '1/31' },
  },
  '2026-11-27.2': {
    en: { heard: '27/36', alarmed: '1/32' },
    es: { heard: '28/36', alarmed: '1/32' },
    fr: { heard: '31/36', alarmed: '2/32' },
    ar: { heard: '32/38', alarmed: '1/32' },
    uk: { heard: '25/35', alarmed: '2/32' },
    ru: { heard: '30/36', alarmed: '1/32' },
    bn: { heard: '26/36', alarmed: '0/32' },
    so: { heard: '29/36', alarmed: '0/32' },
    ha: { heard: '31/36', alarmed: '0/32' },
    az: { heard: '27/36', alarmed: '0/32' },
  },
  '2026-11-27.3': {
    en: { heard: '32/36', alarmed: '2/32' },
    es: { heard: '32/36', alarmed: '2/32' },
    fr: { heard: '29/37', alarmed: '0/32' },
    ar: { heard: '27/38', alarmed: '0/32' },
    uk: { heard: '31/36', alarmed: '0/32' },
    ru: { heard: '28/38', alarmed: '2/32' },
    bn: { heard: '30/37', alarmed: '0/32' },
    so: { heard: '23/34', alarmed: '0/32' },
    ha: { heard: '24/34', alarmed: '0/32' },
    az: { heard: '24/34', alarmed: '0/32' },
  },
}

interface Sentence {
  tier: number
  text: string
}

const FOLDER = join(import.meta.dirname, 'unseen')
const { locales } = loadLocales(join(HOUSE, 'locales'))
const lexicon = createLexicon(locales)

function sentencesIn(generation: string, language: string): Sentence[] {
  const lines = readFileSync(join(FOLDER, generation, `${language}.txt`), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map((line) => ({ tier: Number(line.slice(0, 1)), text: line.slice(2) }))
}

/** The tier that is heard, 9 for none. */
function tierOf(text: string, language: string): number {
  const read = understand(text, at({ language }), lexicon, nothing)
  if (read.type === 'danger') return 1
  return read.type === 'disclosure' ? read.tier : 9
}

const share = (part: number, whole: number) => `${part}/${whole} (${((100 * part) / whole).toFixed(1)} %)`

test('every generation is listed, and has every language', () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual(Object.keys(FIRST))
  for (const languages of Object.values(FIRST))
    expect(Object.keys(languages).toSorted()).toEqual([...locales.keys()].toSorted())
})

describe.each([...locales.keys()])('in %s', (language) => {
  const all = Object.entries(FIRST).map(([generation, first]) => ({
    generation,
    first: first[language],
    sentences: sentencesIn(generation, language),
  }))

  test('each generation has at least 60 sentences, nearly half of them harmless, and none twice', () => {
    for (const { sentences } of all) {
      expect(sentences.length).toBeGreaterThanOrEqual(60)
      expect(sentences.filter(({ tier }) => tier === 0).length / sentences.length).toBeGreaterThan(0.44)
      expect(sentences.filter(({ tier }) => ![0, 1, 2].includes(tier))).toEqual([])
    }
    const texts = all.flatMap(({ sentences }) => sentences.map(({ text }) => text))
    expect(new Set(texts).size).toBe(texts.length)
  })

  test('what any generation missed at first is heard now, and harmless sentences stay harmless', () => {
    const graves: Sentence[] = []
    const harmless: Sentence[] = []
    for (const { generation, first, sentences } of all) {
      const grave = sentences.filter(({ tier }) => tier > 0)
      const soft = sentences.filter(({ tier }) => tier === 0)
      const heard = grave.filter(({ text, tier }) => tierOf(text, language) <= tier).length
      const alarmed = soft.filter(({ text }) => tierOf(text, language) < 9).length
      process.stdout.write(
        `${language} ${generation}: heard ${share(heard, grave.length)}, first ${first?.heard}; false alarms ${share(alarmed, soft.length)}, first ${first?.alarmed}\n`,
      )
      graves.push(...grave)
      harmless.push(...soft)
    }
    const missed = graves.filter(({ text, tier }) => tierOf(text, language) > tier)
    const alarmed = harmless.filter(({ text }) => tierOf(text, language) < 9)
    expect(missed.length / graves.length).toBeLessThanOrEqual(0.05)
    expect(alarmed.length / harmless.length).toBeLessThanOrEqual(0.02)
  })
})
