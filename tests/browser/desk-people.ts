import type { BrowserContext } from 'playwright-core'
import words from '../../src/desk/locales/en.json' with { type: 'json' }
import { base32, totpCode } from '../../src/desk/server/auth/totp.ts'
import type { Role } from '../../src/desk/wire.ts'
import { type DeskPage, openDesk } from '../desk-ui/desk-page.ts'
import { withPasskeys } from './virtual-passkey.ts'

/** Colleagues at the real desk, each in a browser of their own: how they are invited and how they come in. */

const PASSWORD = 'seven slow blue rivers'

/** By the administrator's page; resolves to the link that it shows. */
export async function invite({ page, button }: DeskPage, name: string, role: Role): Promise<string> {
  await page.getByLabel(words['accounts.name']).fill(name)
  await page.locator('.invite-form select').selectOption(role)
  await button(words['accounts.invite']).click()
  const field = page.getByLabel(words['accounts.link'])
  await field.waitFor()
  const link = await field.inputValue()
  await button(words['accounts.linkDone']).click()
  return link
}

export async function comeInByPasskey(context: BrowserContext, link: string): Promise<DeskPage> {
  const desk = await openInvitation(context, link)
  await withPasskeys(context, desk.page)
  await desk.button(words['invite.passkey']).click()
  await desk.page.locator('.bar').waitFor()
  return desk
}

export interface Colleague {
  desk: DeskPage
  /** With name, password and a code of this moment. */
  signIn(): Promise<void>
}

interface ByPassword {
  name: string
  language: string
  /** The server's time. */
  now(): number
  look(invitation: DeskPage): Promise<void>
}

export async function comeInByPassword(
  context: BrowserContext,
  link: string,
  { name, language, now, look }: ByPassword,
): Promise<Colleague> {
  const desk = await openInvitation(context, link)
  const field = (called: string) => desk.page.locator(`input[name=${called}]`)
  const secret = async () => keyOf((await desk.page.locator('.once').textContent()) ?? '')
  await desk.page.getByRole('combobox').selectOption(language)
  await desk.page.locator('button.link').click()
  const key = await secret()
  const code = () => totpCode(key, Math.floor(now() / 30_000))
  await look(desk)
  await field('password').fill(PASSWORD)
  await field('code').fill(code())
  await field('code').press('Enter')
  await desk.page.locator('.bar').waitFor()
  return {
    desk,
    async signIn() {
      if ((await field('name').count()) === 0) await desk.page.locator('button.link').click()
      await field('name').fill(name)
      await field('password').fill(PASSWORD)
      await field('code').fill(code())
      await field('code').press('Enter')
    },
  }
}

function openInvitation(context: BrowserContext, link: string): Promise<DeskPage> {
  const { origin, pathname, hash } = new URL(link)
  return openDesk(context, origin, { path: pathname + hash })
}

/** What an app reads from the key as the page shows it. */
function keyOf(shown: string): Uint8Array {
  const wanted = shown.replaceAll(/\s/gu, '')
  const bits = Array.from(wanted, (mark) => {
    const value = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(mark)
    return Math.max(0, value).toString(2).padStart(5, '0')
  })
  const bytes = bits.join('').match(/.{8}/gu) ?? []
  const key = Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 2))
  if (wanted === '' || base32(key) !== wanted) throw new Error('the page shows no key')
  return key
}
