import { expect, test } from 'vitest'
import { understand } from '../../../src/conversation/understand/understand.ts'
import { at, lexicon, nothing } from './english.ts'
import all from './sentences.en.json' with { type: 'json' }

/**
 * Sentences as frightened people type them, and harmless ones that share their words, written apart from the lists. The
 * part "held out" came last, in three batches. Before any list was changed for them, 51 of their 60 grave sentences
 * (85 %) were heard and none of their 45 harmless ones raised an alarm: that is the number to expect of sentences that
 * nobody has seen. What was missed was mended afterwards, so the numbers printed here say only that nothing was lost.
 */
interface Sentence {
  part: string
  text: string
  kind: string
  tier?: number
  topic?: string
  aboutOther?: boolean
  negated?: boolean
}
const sentences: Sentence[] = all

function alarmOf({ text }: Sentence) {
  const read = understand(text, at(), lexicon, nothing)
  if (read.type === 'danger') return { tier: 1, topic: read.topic, aboutOther: undefined, negated: undefined }
  return read.type === 'disclosure' ? read : undefined
}

const heard = (sentence: Sentence) => (alarmOf(sentence)?.tier ?? 9) <= (sentence.tier ?? 0)
const share = (part: number, whole: number) => `${part}/${whole} (${((100 * part) / whole).toFixed(1)} %)`

const grave = sentences.filter(({ tier }) => tier === 1 || tier === 2)
const soft = sentences.filter(({ tier }) => tier === 3)
const harmless = sentences.filter(({ kind }) => kind === 'text')

test('there are enough sentences to say anything, harmless ones among them', () => {
  expect(sentences.length).toBeGreaterThanOrEqual(120)
  expect(harmless.length / sentences.length).toBeGreaterThan(0.4)
  expect(sentences.filter(({ part }) => part === 'held out').length).toBeGreaterThanOrEqual(40)
  expect(new Set(sentences.map(({ text }) => text)).size).toBe(sentences.length)
})

test('danger and disclosure are heard in at least 95 % of sentences, and harmless ones raise no more than 2 %', () => {
  const missed = grave.filter((sentence) => !heard(sentence))
  const alarmed = harmless.filter((sentence) => alarmOf(sentence) !== undefined)
  const heldOut = grave.filter(({ part }) => part === 'held out')
  process.stdout.write(
    [
      `tiers 1 and 2 heard: ${share(grave.length - missed.length, grave.length)}`,
      `  of those held out: ${share(heldOut.filter(heard).length, heldOut.length)}`,
      `tier 3 heard: ${share(soft.filter((sentence) => alarmOf(sentence) !== undefined).length, soft.length)}`,
      `false alarms: ${share(alarmed.length, harmless.length)}`,
      '',
    ].join('\n'),
  )
  expect(missed.length / grave.length).toBeLessThanOrEqual(0.05)
  expect(alarmed.length / harmless.length).toBeLessThanOrEqual(0.02)
})

test('danger is never read as a lesser tier', () => {
  const lesser = grave.filter((sentence) => sentence.tier === 1 && alarmOf(sentence)?.tier !== 1)
  expect(lesser.map(({ text }) => text)).toEqual([])
})

test('the topic is right in at least 95 % of what is heard', () => {
  const topical = sentences.filter(
    (sentence) => sentence.topic !== undefined && alarmOf(sentence) !== undefined,
  )
  const right = topical.filter((sentence) => alarmOf(sentence)?.topic === sentence.topic)
  expect(right.length / topical.length).toBeGreaterThanOrEqual(0.95)
})

test('speaking of someone else and denying change the wording and never silence', () => {
  const wrong = sentences.filter((sentence) => {
    const read = alarmOf(sentence)
    return (sentence.aboutOther && read?.aboutOther !== true) || (sentence.negated && read?.negated !== true)
  })
  expect(wrong.map(({ text }) => text)).toEqual([])
  const mistaken = sentences.filter(
    (sentence) => !sentence.aboutOther && alarmOf(sentence)?.aboutOther === true,
  )
  expect(mistaken.map(({ text }) => text)).toEqual([])
})

test('an everyday phrase beside a real alarm hides nothing', () => {
  const pairs = harmless.flatMap(({ text }) => [`${text} and my husband hits me`, `he choked me. ${text}`])
  for (const text of pairs)
    expect(['danger', 'disclosure']).toContain(understand(text, at(), lexicon, nothing).type)
})
