import { describe, expect, test } from 'vitest'
import { LONGEST_TEXT } from '../../src/desk/wire.ts'
import { type DeskPage } from './desk-page.ts'
import type { FakeDesk } from './fake-desk.ts'
import { withDesk } from './with-desk.ts'

/** What the page does with a night, with too many words, and with words that look like something else. */
let fake: FakeDesk
let desk: DeskPage
const SPANISH = '55120934'

withDesk((opened) => ({ fake, desk } = opened))

const soon = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 12_000 })
const written = () => fake.heard.filter(({ path }) => path.endsWith('/write')).map(({ body }) => body['text'])

async function signIn(): Promise<void> {
  const { page } = desk
  if ((await page.getByLabel('Password').count()) === 0) await desk.button('Another way').click()
  await page.getByLabel('Name').fill('Amal')
  await page.getByLabel('Password').fill('right')
  await page.getByLabel('Code from your app').fill('123456')
  await desk.button('Sign in').click()
  await desk.heading('Who is waiting').waitFor()
}

test('a tab that was left open over night shows nothing, and in the morning the typed words are there', async () => {
  await desk.claim(SPANISH)
  fake.personWrites(SPANISH, 'mis palabras')
  await desk.thread.getByText('mis palabras').waitFor()
  await desk.answer.fill('half a sentence')
  // The machine sleeps: when it wakes, ten hours are over at once, and the server knows of no session.
  fake.signedIn = false
  await desk.page.clock.install()
  await desk.page.clock.fastForward('10:00:00')
  fake.sessionEnds()
  await desk.heading('The desk is covered').waitFor()
  const seen = await desk.page.content()
  for (const word of ['mis palabras', 'half a sentence', SPANISH]) expect(seen).not.toContain(word)
  expect(await desk.page.title()).toBe('Desk')
  expect(written()).toEqual([])
  await signIn()
  await desk.page.locator(`[data-open="${SPANISH}"]`).click()
  await soon(() => desk.answer.inputValue()).toBe('half a sentence')
  await desk.answer.press('Control+Enter')
  await soon(written).toEqual(['half a sentence'])
})

test('an account that is disabled while it types is covered at once, and its words are sent by nobody', async () => {
  await desk.claim(SPANISH)
  await desk.answer.fill('half a sentence')
  fake.refuse.set('cases/:id/write', 'signIn')
  fake.signedIn = false
  await desk.answer.focus()
  await desk.page.keyboard.press('Control+Enter')
  await desk.heading('The desk is covered').waitFor()
  expect(written()).toEqual(['half a sentence'])
  expect(fake.entries(SPANISH).some((entry) => entry.kind === 'caseworker')).toBe(false)
})

test('a case that is withdrawn while a reply is in flight takes the reply along', async () => {
  await desk.claim(SPANISH)
  fake.offline(true)
  await desk.answer.fill('on its way')
  await desk.answer.press('Control+Enter')
  await desk.page.getByText('Not sent yet').waitFor()
  fake.queue = fake.queue.filter(({ id }) => id !== SPANISH)
  fake.offline(false)
  await soon(() => desk.page.content()).not.toContain('on its way')
  await desk.heading('Who is waiting').waitFor()
  expect(await desk.page.content()).not.toContain(SPANISH)
})

test('twenty thousand characters stay in the box, are counted, and are not sent', async () => {
  await desk.claim(SPANISH)
  await desk.answer.fill('x'.repeat(20_000))
  await desk.page.locator('.counter.over').waitFor()
  await desk.answer.press('Control+Enter')
  await desk.button('Send').click({ force: true })
  expect((await desk.answer.inputValue()).length).toBe(20_000)
  expect(written()).toEqual([])
  await desk.answer.fill('x'.repeat(LONGEST_TEXT))
  await desk.answer.press('Control+Enter')
  await soon(() => written().map((text) => String(text).length)).toEqual([LONGEST_TEXT])
})

test('twenty thousand characters of hers, without a gap, are read to their end and widen nothing', async () => {
  await desk.claim(SPANISH)
  fake.personWrites(SPANISH, `${'م'.repeat(19_996)}end.`)
  await desk.thread.getByText('end.').waitFor()
  const wide = await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wide).toBeLessThanOrEqual(0)
  expect(await desk.thread.evaluate((log) => log.scrollWidth - log.clientWidth)).toBeLessThanOrEqual(0)
})

describe('words that look like something else', () => {
  const WORDS = [
    '<script>document.title="owned"</script><img src=x onerror="document.title=1"><a href="javascript:1">x</a>',
    '$t(thread.person) {name} {{name}} $& ${1}',
    '\u202Egpj.exe and \u2067 no end',
    '\u2069\u2069\u202C ends only',
  ]

  test('are text in both directions, and the stamp beside them stays as it is', async () => {
    await desk.claim(SPANISH)
    for (const [at, text] of WORDS.entries()) {
      fake.personWrites(SPANISH, text)
      await soon(() => desk.thread.locator('.from-person .text').nth(at).textContent()).toBe(text)
      await desk.answer.fill(text)
      await desk.answer.press('Control+Enter')
      await soon(() => desk.thread.locator('.from-desk:not(.unsent) .text').nth(at).textContent()).toBe(text)
    }
    expect(written()).toEqual(WORDS)
    expect(await desk.thread.locator('img, a, script').count()).toBe(0)
    expect(await desk.page.title()).toBe('Desk')
    const stamps = await desk.thread
      .locator('.stamp time')
      .evaluateAll((times) => times.map((time) => getComputedStyle(time).direction))
    expect(new Set(stamps)).toEqual(new Set(['ltr']))
    // A paragraph of its own: what an override turns round ends with it.
    const boxes = await desk.thread
      .locator('.text')
      .evaluateAll((texts) =>
        texts.map((one) => [getComputedStyle(one).display, getComputedStyle(one).unicodeBidi]),
      )
    for (const [display, bidi] of boxes)
      expect([display, bidi]).toEqual(['block', expect.stringMatching(/isolate|plaintext/u)])
  })
})
