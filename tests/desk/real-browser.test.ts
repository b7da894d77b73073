import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browser, startChromium } from '../browser/chromium.ts'
import { startDesk, type Started } from './start-desk.ts'
import { withPasskeys } from '../browser/virtual-passkey.ts'

/** What a real browser sends, with a device of its own making: the shapes, the cookie and the headers fit each other. */
let started: Started
let browser: Browser
beforeAll(async () => {
  started = startDesk()
  browser = await startChromium()
})
afterAll(async () => {
  await browser.close()
  await started.stop()
})

test('the first administrator comes in with a passkey, signs out and in again', async () => {
  const address = (await started.listening()).replace('127.0.0.1', 'localhost')
  const token = ((await started.desk.firstInvite(address)) ?? '').split('#invite=')[1]
  const page = await browser.context.newPage()
  await withPasskeys(browser.context, page)
  await page.goto(`${address}/desk/`)

  const post = (path: string, body: object) =>
    page.evaluate(
      async ([to, sent]) => {
        const response = await fetch(`/desk/api/${to}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(sent),
        })
        return { status: response.status, value: await response.json() }
      },
      [path, body] as const,
    )
  const { value: asked } = await post('invite/accept/passkey/options', { token })
  const made = await page.evaluate(async (options) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
    return ((await navigator.credentials.create({ publicKey })) as PublicKeyCredential).toJSON()
  }, asked.options)
  expect(await post('invite/accept/passkey', { token, response: made })).toMatchObject({
    status: 200,
    value: { role: 'administrator', passkeys: 1 },
  })
  const [cookie] = await browser.context.cookies()
  expect(cookie).toMatchObject({ name: 'desk', httpOnly: true, sameSite: 'Strict', path: '/' })

  expect((await post('sign-out', {})).status).toBe(200)
  expect(await browser.context.cookies()).toEqual([])
  const { value: again } = await post('sign-in/passkey/options', {})
  const touched = await page.evaluate(async (options) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
    return ((await navigator.credentials.get({ publicKey })) as PublicKeyCredential).toJSON()
  }, again.options)
  expect(await post('sign-in/passkey', { response: touched })).toMatchObject({ status: 200 })

  const line = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const source = new EventSource('/desk/api/events')
        source.addEventListener('open', () => resolve('open'))
        source.addEventListener('error', () => resolve('error'))
      }),
  )
  expect(line).toBe('open')
})
