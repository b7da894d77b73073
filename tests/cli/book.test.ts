import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pages } from '../../src/conversation/pages.ts'
import { run } from '../../src/cli/book.ts'
import { bookOf } from '../../src/cli/book/html.ts'
import { printPdf } from '../../src/cli/book/pdf.ts'
import { languages } from '../../src/cli/house.ts'
import { chromiumPath } from '../browser/chromium.ts'
import { whatIsSaid } from './said.ts'

/** The book with which a language is reviewed on paper. */
let home = ''
const said = whatIsSaid()
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lantern-book-test-'))
})
afterEach(() => {
  rmSync(home, { recursive: true })
})

async function html(lang: string): Promise<string> {
  const file = join(home, `${lang}.html`)
  expect(await run(['--lang', lang, '--html', file])).toBe(0)
  return readFileSync(file, 'utf8')
}

test('every page stands in it in English and in the language, with room to sign and to correct', async () => {
  const book = await html('ar')
  for (const key of pages.keys()) expect(book).toContain(`<h3>${key}</h3>`)
  expect(book.match(/class="phone" lang="en"/gu)?.length).toBe(book.match(/<article>/gu)?.length)
  expect(book.match(/class="phone" lang="ar" dir="rtl"/gu)?.length).toBe(book.match(/<article>/gu)?.length)
  expect(book.match(/class="boxes"/gu)?.length).toBe(book.match(/<article>/gu)?.length)
  expect(book).toContain('Are you safe right now, and can you read this calmly?')
  expect(book).toContain('هل أنت في أمان الآن')
  // Behind this heading stand the parts themselves, with their placeholders.
  const shown = book.slice(0, book.indexOf('<h2>Parts of messages'))
  expect(shown.length).toBeGreaterThan(100_000)
  expect(shown).not.toMatch(/\{\{|undefined|\[object/u)
})

test('words that differ on Telegram are shown there too', async () => {
  expect(await html('uk')).toContain('<small>on Telegram</small>')
})

test('it asks nobody for anything, and markup in a text stays text', async () => {
  expect(await html('fr')).not.toMatch(/<script|<link|<img|https?:\/\/[^<\s]*\.(?:js|css|png)/u)
  const locales = languages(['en', 'fr'])
  const [first, locale] = [...locales.values()]
  if (first === undefined || locale === undefined) throw new Error('en and fr are there')
  const message = { text: '<b onclick="x">&', choices: [], layout: 'none' } as const
  const shown = [{ key: 'menu.start', look: 'whatsapp', english: message, own: message }] as const
  const book = bookOf({ first, locale, shown, on: '2026-03-02' })
  expect(book).toContain('&lt;b onclick=&quot;x&quot;&gt;&amp;')
  expect(book).not.toContain('<b onclick')
})

test('it is printed by Chromium, and without one that is said', { timeout: 60_000 }, async () => {
  const file = join(home, 'bn.pdf')
  vi.stubEnv('CHROMIUM_PATH', chromiumPath())
  expect(await run(['--lang', 'bn', '--pdf', file])).toBe(0)
  const bytes = readFileSync(file)
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  expect(bytes.length).toBeGreaterThan(100_000)
  expect(printPdf('<p>', join(home, 'none.pdf'), { PATH: home })).toBe(false)
  vi.unstubAllEnvs()
})

test.each([[[]], [['--lang', 'ar']], [['--lang', 'ar', '--html', 'a', '--pdf', 'b']], [['--paper', 'a4']]])(
  '%j is answered with how to use it',
  async (args) => {
    expect(await run(args)).toBe(1)
    expect(said.lines()).toEqual([
      'Usage: npm run -s lantern -- book --lang xx [--pack demo] --html FILE | --pdf FILE',
    ])
  },
)

test('a language that is not there, and a place that cannot be written, are named', async () => {
  expect(await run(['--lang', 'xx', '--html', join(home, 'x')])).toBe(1)
  expect(said.lines().at(-1)).toContain('There is no language xx.')
  expect(await run(['--lang', 'fr', '--html', join(home, 'nowhere/x')])).toBe(1)
  expect(said.lines().at(-1)).toContain('nowhere/x cannot be written')
})
