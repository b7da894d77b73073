import { expect } from 'vitest'
import messages from '../../locales/en/messages.json' with { type: 'json' }
import type { PhonePage } from './phone-page.ts'

const { talk } = messages.pages

/** From anywhere to the page that says that her request waits: every question of consent read before it is answered. */
export async function askForAPerson(
  phone: PhonePage,
  soon: string,
  phrase: string | undefined,
): Promise<void> {
  await phone.say('talk')
  for (const page of [talk.explain, talk.theySee, talk.limits]) {
    expect(await phone.newestText()).toBe(page.text)
    await phone.answer(page.choices.next)
  }
  expect(await phone.newestText()).toContain('Shall I ask a trained person to write to you here?')
  await phone.answer(talk.ask.choices.yes)
  await phone.answer(talk.need.choices.legal)
  await phone.answer(soon)
  await phone.answer(talk.nudge.choices.no)
  if (phrase === undefined) await phone.answer(talk.phrase.choices.skip)
  else await phone.say(phrase)
  expect(await phone.newestText()).toContain(talk.sent.text.split('{{')[0])
}
