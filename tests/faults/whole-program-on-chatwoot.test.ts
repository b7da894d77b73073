import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { type BothPlatforms, startBothPlatforms, writtenOnTelegram } from '../channels/both-platforms.ts'
import { type FakeChatwoot, startFakeChatwoot } from '../fakes/chatwoot/fake-chatwoot.ts'
import { findResidue } from '../privacy/residue.ts'
import { SECRETS } from '../handoff/chatwoot/chatwoot-house.ts'

/** The real program, Telegram on one side of it and Chatwoot on the other. */
const CHAT = 7_100_000_084
const WAY = ['hello', 'yes', 'I understand', 'talk', 'go on', 'go on', 'go on', 'yes', '1', '2', '2']

async function house(): Promise<{
  both: BothPlatforms
  fake: FakeChatwoot
  settings: Record<string, string>
}> {
  const fake = await startFakeChatwoot(SECRETS, { now: () => Date.now() })
  const settings = {
    CHATWOOT_URL: fake.url,
    CHATWOOT_ACCOUNT_ID: String(SECRETS.accountId),
    CHATWOOT_INBOX_IDENTIFIER: SECRETS.inboxIdentifier,
    CHATWOOT_HMAC_TOKEN: SECRETS.hmacToken,
    CHATWOOT_WEBHOOK_SECRET: SECRETS.webhookSecret,
    CHATWOOT_ACCESS_TOKEN: SECRETS.accessToken,
  }
  const both = await startBothPlatforms(settings)
  fake.webhooks.tries(5)
  fake.webhooks.to(async (body, headers) => {
    const address = `${both.served.address}/webhooks/chatwoot`
    return (await fetch(address, { method: 'POST', body, headers })).status
  })
  onTestFinished(async () => {
    await fake.webhooks.idle()
    await both.stop()
    await fake.stop()
  })
  return { both, fake, settings }
}

/** `until` of the fake platform looks again only when something happens there. */
const comesTrue = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 15_000, interval: 20 })
const heard = (both: BothPlatforms) => writtenOnTelegram(both, CHAT)
const lastHeard = (both: BothPlatforms) => heard(both).at(-1) ?? ''

async function say(both: BothPlatforms, text: string): Promise<void> {
  const before = heard(both).length
  both.telegram.personWrites(CHAT, text)
  await both.telegram.until(() => heard(both).length > before)
}

it('a request waits while Chatwoot is down, answers come back, a crash loses none, and what she erases is gone there too', async () => {
  const { both, fake } = await house()
  fake.fault({ status: 502, html: true })
  for (const text of [...WAY, 'without words']) await say(both, text)
  expect(heard(both).some((text) => text.includes('in a system of their own'))).toBe(true)
  await comesTrue(() => fake.recorded.length > 0)
  expect(fake.account.conversations.size).toBe(0)
  fake.fault(undefined)
  expect(lastHeard(both)).toMatch(/request waits/u)
  await comesTrue(() => fake.account.conversations.size === 1)
  const [conversation] = fake.account.conversations.values()
  if (conversation === undefined) throw new Error('Chatwoot has no conversation')
  const { id } = conversation

  fake.agent.assigns(id, 5)
  await comesTrue(() => /You are connected now/u.test(lastHeard(both)))
  fake.agent.replies(id, 'Hello, I read what you write.')
  await comesTrue(() => lastHeard(both).endsWith('Hello, I read what you write.'))

  await both.killAndStart()
  both.telegram.personWrites(CHAT, 'I would like to know where to go')
  await comesTrue(() => fake.account.of(id).some((one) => one.content?.includes('where to go') ?? false))
  expect(fake.account.of(id).filter((one) => one.content?.includes('where to go') ?? false)).toHaveLength(1)
  expect(fake.recorded.join('\n')).not.toContain(String(CHAT))

  both.telegram.personWrites(CHAT, 'erase')
  await comesTrue(() => /Shall I erase/u.test(lastHeard(both)))
  both.telegram.personWrites(CHAT, 'yes')
  await comesTrue(() => fake.account.conversations.size === 0)
  await comesTrue(() => !/Shall I erase/u.test(lastHeard(both)))
  const folders = [join(both.folder, 'data'), join(both.folder, 'vault')]
  expect(findResidue(folders, [String(CHAT), 'where to go', 'Hello, I read'])).toEqual([])
  expect(both.served.output()).not.toContain(String(CHAT))
}, 40_000)
