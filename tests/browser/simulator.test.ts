import { setTimeout as passes } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Browser, startChromium } from './chromium.ts'
import { openPhone, type PhonePage } from './phone-page.ts'
import { type ScriptedBot, startScriptedBot } from './scripted-bot.ts'
import { axeFindings } from './watched.ts'

let browser: Browser
let bot: ScriptedBot
let phone: PhonePage

beforeAll(async () => {
  ;[browser, bot] = await Promise.all([startChromium(), startScriptedBot()])
})
afterAll(async () => {
  await browser.close()
  await bot.end()
})
beforeEach(async () => {
  bot.heard.length = 0
  phone = await openPhone(browser.context, bot.address)
})
afterEach(async () => {
  // Closing a tab now and then hangs in headless Chromium; the browser's own end closes it all the same.
  await Promise.race([phone.page.close(), passes(5_000)])
  if (phone.problems.length > 0) throw new Error(phone.problems.join('\n'))
})

const focused = () => phone.page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
const count = (wanted: number) => expect.poll(() => phone.theirs.count()).toBe(wanted)

describe('with WhatsApp’s look', () => {
  test('a text, a button and a row of the list hold a conversation', async () => {
    await phone.write('hello')
    await phone.button('Go on').click()
    await phone.button('Choose').click()
    await phone.page.getByRole('dialog', { name: 'Choose' }).getByRole('button', { name: 'Rights' }).click()
    await count(3)
    expect(bot.heard).toEqual(['hello', 'list', 'row-1'])
    expect(await phone.hers.allTextContents()).toEqual(['hello', 'Go on', 'Rights'])
  })

  test('the keyboard alone is enough, and Escape gives the focus back', async () => {
    await phone.textBox.focus()
    await phone.page.keyboard.type('hello')
    await phone.page.keyboard.press('Enter')
    await phone.button('Go on').waitFor()
    // Attach and the answers lie before the text box.
    await phone.page.keyboard.press('Shift+Tab')
    await phone.page.keyboard.press('Shift+Tab')
    expect(await focused()).toBe('Go on')
    await phone.page.keyboard.press('ArrowDown')
    expect(await focused()).toBe('Not now')
    await phone.page.keyboard.press('Home')
    await phone.page.keyboard.press('Enter')
    await phone.button('Choose').waitFor()
    await phone.page.keyboard.press('Tab')
    expect(await focused()).toBe('Choose')
    await phone.page.keyboard.press('Enter')
    expect(await focused()).toBe('Health care')
    await phone.page.keyboard.press('Escape')
    expect(await focused()).toBe('Choose')
    expect(await phone.page.getByRole('dialog').count()).toBe(0)
    await phone.page.keyboard.press('Enter')
    await phone.page.keyboard.press('End')
    await phone.page.keyboard.press('Space')
    await count(3)
    expect(bot.heard).toEqual(['hello', 'list', 'row-2'])
  })

  test('messages stay on the phone after an exit', async () => {
    await phone.write('hello')
    await count(1)
    await phone.write('exit')
    await count(2)
    expect(await phone.hers.allTextContents()).toEqual(['hello', 'exit'])
  })

  test('a place of the list and one of her own can be shared', async () => {
    await phone.write('where')
    await phone.button('Share my place').click()
    await phone.page.getByRole('combobox', { name: 'Place' }).selectOption('Harbour')
    await phone.button('Share').click()
    await count(2)
    await phone.button('Attach').click()
    await phone.button('Location').click()
    await phone.page.getByRole('spinbutton', { name: 'Latitude' }).fill('-1.5')
    await phone.button('Share').click()
    await count(3)
    expect(bot.heard).toEqual(['where', '12.34, 56.78', '-1.5, 56.78'])
  })

  test('a photo and a voice note are sent as what cannot be read', async () => {
    for (const kind of ['Photo', 'Voice note']) {
      await phone.button('Attach').click()
      await phone.button(kind).click()
    }
    await count(2)
    expect(bot.heard).toEqual(['unsupported', 'unsupported'])
  })
})

describe('with Telegram’s look', () => {
  beforeEach(() => phone.choose('Telegram'))

  test('Start begins, the keyboard stands under the message, and a press leaves no bubble', async () => {
    await phone.button('Start').click()
    await phone.button('Go on').click()
    await phone.button('Health care').click()
    await count(3)
    expect(bot.heard).toEqual(['/start', 'list', 'row-0'])
    expect(await phone.hers.allTextContents()).toEqual(['/start'])
  })

  test('exit takes the messages of both sides from the phone, and the drawer counts them', async () => {
    await phone.button('Start').click()
    await count(1)
    const drawer = await phone.openDrawer()
    await phone.write('exit')
    await phone.messages.getByText('Fog often lifts').waitFor()
    await count(1)
    expect(await phone.hers.count()).toBe(0)
    await drawer.getByText('3 messages on the phone').waitFor()
  })

  test('the other phone has a conversation of its own', async () => {
    await phone.button('Start').click()
    await count(1)
    await phone.choose('WhatsApp')
    await count(0)
    await phone.choose('Telegram')
    await count(1)
  })

  test('blocking tells the bot, and nothing can be written until it is undone', async () => {
    await phone.button('Start').click()
    await count(1)
    await phone.button('Block the bot').click()
    await expect.poll(() => bot.heard).toEqual(['/start', 'blocked'])
    expect(await phone.textBox.count()).toBe(0)
    await phone.button('Unblock').click()
    await phone.write('hello')
    await count(2)
  })

  test('a new phone knows nothing of the old one', async () => {
    await phone.button('Start').click()
    await count(1)
    await phone.button('New phone').click()
    await phone.button('Start').waitFor()
    await count(0)
  })
})

test('the drawer shows the record while there is one, and notes when it is erased', async () => {
  const drawer = await phone.openDrawer()
  await drawer.getByText('There is no record').waitFor()
  await phone.write('hello')
  await drawer.getByText('menu.start').waitFor()
  await drawer.getByText('cafe').waitFor()
  await drawer.getByText('2 bytes, sealed').waitFor()
  await phone.write('erase')
  await drawer.getByText('There is no record').waitFor()
  await drawer.getByText('The record and everything that waited').waitFor()
})

test('the locked screen shows the newest message that came', async () => {
  const lock = phone.page.getByRole('region', { name: 'What a locked screen shows' })
  await lock.getByText('No notification').waitFor()
  await phone.write('hello')
  await lock.getByText('Is this a good moment?').waitFor()
})

test('when the server goes away, the page keeps what was written and sends it when the server is back', async () => {
  await phone.write('hello')
  await count(1)
  await bot.end()
  await phone.page.getByRole('status').getByText('connecting…').waitFor()
  await phone.write('list')
  await phone.textBox.fill('half a sentence')
  await phone.page.locator('.stamp .icon-waiting').waitFor()
  await bot.startAgain()
  await phone.messages.getByText('What do you need?').waitFor()
  await phone.page.getByRole('status').getByText('online').waitFor()
  expect(await phone.textBox.inputValue()).toBe('half a sentence')
  expect(bot.heard).toEqual(['hello', 'list'])
})

test('a reloaded tab is the same phone', async () => {
  await phone.write('hello')
  await count(1)
  await phone.textBox.fill('half a sentence')
  await phone.page.reload()
  await count(1)
  expect(await phone.textBox.inputValue()).toBe('half a sentence')
  await phone.write('list')
  await count(2)
})

test('what is pasted as markup stays text', async () => {
  const markup = '<img src=x onerror=alert(1)><b>bold</b>'
  await phone.write(markup)
  await count(1)
  expect(await phone.hers.allTextContents()).toEqual([markup])
})

test('a conversation from right to left mirrors the phone', async () => {
  await phone.write('arabic')
  await count(1)
  const [theirs, hers] = await Promise.all([
    phone.messages.locator('.from-contact').boundingBox(),
    phone.messages.locator('.from-person').boundingBox(),
  ])
  expect(theirs?.x).toBeGreaterThan(hers?.x ?? 0)
  await phone.write('list')
  await count(2)
  const after = await phone.messages.locator('.from-contact').first().boundingBox()
  expect(after?.x).toBeLessThan(theirs?.x ?? 0)
})

test('nothing is cut off or scrolls sideways at any width', async () => {
  await phone.write('x'.repeat(300))
  await count(1)
  await phone.openDrawer()
  for (const width of [320, 480, 760, 1000, 1240, 1600]) {
    await phone.page.setViewportSize({ width, height: 640 })
    const scrolls = await phone.page.evaluate(() => document.documentElement.scrollWidth)
    expect(scrolls, String(width)).toBeLessThanOrEqual(width)
    const [box, send] = await Promise.all([
      phone.page.getByRole('region', { name: 'Phone' }).boundingBox(),
      phone.button('Send').boundingBox(),
    ])
    expect((box?.x ?? 0) + (box?.width ?? 0), String(width)).toBeLessThanOrEqual(width)
    const [end, phoneEnd] = [send, box].map((one) => (one?.y ?? 0) + (one?.height ?? 0))
    expect(end, String(width)).toBeLessThanOrEqual(phoneEnd ?? 0)
  }
})

test.each(['WhatsApp', 'Telegram'] as const)('axe finds nothing on any screen of %s’s look', async (look) => {
  await phone.choose(look)
  if (look === 'Telegram') await phone.button('Start').click()
  await phone.write('hello')
  await phone.button('Go on').last().waitFor()
  await phone.write('list')
  await phone.messages.getByText('What do you need?').waitFor()
  await phone.openDrawer()
  expect(await axeFindings(phone.page), 'light').toEqual([])
  await phone.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  expect(await axeFindings(phone.page, 'colours'), 'dark').toEqual([])
  if (look === 'WhatsApp') {
    await phone.button('Choose').click()
    await phone.page.getByRole('dialog', { name: 'Choose' }).waitFor()
    expect(await axeFindings(phone.page), 'list').toEqual([])
    await phone.page.keyboard.press('Escape')
  }
  await phone.button('Attach').click()
  expect(await axeFindings(phone.page), 'attach').toEqual([])
  await phone.button('Location').click()
  await phone.page.getByRole('combobox', { name: 'Place' }).waitFor()
  expect(await axeFindings(phone.page), 'place').toEqual([])
})

test('nothing moves for who asked for less motion', async () => {
  await phone.page.emulateMedia({ reducedMotion: 'reduce' })
  await phone.write('hello')
  await count(1)
  const names = await phone.messages
    .locator('.bubble')
    .evaluateAll((bubbles) => bubbles.map((bubble) => getComputedStyle(bubble).animationName))
  expect(names).toEqual(['none', 'none'])
})
