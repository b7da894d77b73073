import { gzipSync } from 'node:zlib'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LANGUAGES } from '../../src/desk/languages.ts'
import { buildDeskPage } from '../../src/desk/page.ts'

const UI = join(import.meta.dirname, '../../src/desk/ui')
const LOCALES = join(import.meta.dirname, '../../src/desk/locales')
const MOST_BYTES = 60_000
const MOST_LATER_BYTES = 15_000

type Wording = string | Record<string, string>
const words = (tag: string): Record<string, Wording> =>
  JSON.parse(readFileSync(join(LOCALES, `${tag}.json`), 'utf8'))
const forms = (wording: Wording) => (typeof wording === 'string' ? [wording] : Object.values(wording))
const places = (text: string) => new Set(text.match(/\{\w+\}/gu))

test('the page is small enough for a weak line, and what comes later too', async () => {
  const { words: ofLanguages, parts, html, script, style, icon } = await buildDeskPage()
  const size = (texts: readonly string[]) => texts.reduce((sum, text) => sum + gzipSync(text).length, 0)
  const largest = (later: boolean) => Math.max(...Object.keys(ofLanguages).map((name) => sizeOf(name, later)))
  const sizeOf = (name: string, later: boolean) =>
    name.startsWith('directory/') === later ? size([ofLanguages[name] ?? '']) : 0
  const of = (atOnce: boolean) =>
    Object.entries(parts).flatMap(([name, text]) => (html.includes(name) === atOnce ? [text] : []))
  expect([of(true).length, of(false).length]).toEqual([2, 2])
  // English is in the page, and every other reader fetches one language more.
  expect(size([html, script, style, icon, ...of(true)]) + largest(false)).toBeLessThan(MOST_BYTES)
  expect(size(of(false)) + largest(true)).toBeLessThan(MOST_LATER_BYTES)
})

test('the shell says nothing of what this is, and holds neither script nor style', async () => {
  const { html } = await buildDeskPage()
  expect(html).toContain('<title>Desk</title>')
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=|https?:/u)
})

test('nothing is kept in the browser, and no text becomes markup', () => {
  const sources = readdirSync(UI, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/u.test(name))
    .map((name) => readFileSync(join(UI, name), 'utf8'))
    .join('\n')
  expect(sources).not.toMatch(/localStorage|sessionStorage|indexedDB|document\.cookie|serviceWorker/u)
  expect(sources).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(|new Function/u)
})

test('every language that has words is offered, and no other', () => {
  const there = readdirSync(LOCALES).map((name) => name.replace('.json', ''))
  expect(LANGUAGES.map(({ tag }) => tag).toSorted()).toEqual(there.toSorted())
})

test.each(LANGUAGES.map(({ tag }) => tag).filter((tag) => tag !== 'en'))(
  '%s says all that English says, with the same places and its own plurals',
  (tag) => {
    const [english, other] = [words('en'), words(tag)]
    expect(Object.keys(other)).toEqual(Object.keys(english))
    const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions()
    for (const [key, wording] of Object.entries(english)) {
      const theirs = other[key] ?? ''
      expect(typeof theirs, key).toBe(typeof wording)
      if (typeof theirs !== 'string')
        expect(Object.keys(theirs).toSorted(), key).toEqual(pluralCategories.toSorted())
      const allowed = places(forms(wording).join(' '))
      const used = forms(theirs).map(places)
      for (const form of used)
        expect(
          [...form].every((place) => allowed.has(place)),
          key,
        ).toBe(true)
      // A plural form may say the number in a word; a sentence says everything.
      if (typeof theirs === 'string') expect(used[0], key).toEqual(allowed)
      expect(forms(theirs).join(), `${key} has other digits`).not.toMatch(/[٠-٩۰-۹০-৯]/u)
    }
  },
)
