import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Platforms, PLANTED, startPlatforms } from './setup-run.ts'

let world: Platforms
beforeEach(async () => {
  world = await startPlatforms()
})
afterEach(async () => {
  await world.stop()
})

/** Calls that change something. */
const changes = () =>
  world.telegram.calls.map(({ method }) => method).filter((method) => /^(?:set|delete)/u.test(method))

describe('Telegram', () => {
  test('is set up in one run, and the run after it changes nothing and says so', async () => {
    const { code, shown } = await world.run(['setup', '--yes'], world.ofTelegram)
    expect(shown).toContain('Telegram: the token works; the bot is @')
    expect(shown).toContain(`webhook ${world.publicUrl}/webhooks/telegram with the secret`)
    expect(code).toBe(0)
    expect(world.telegram.webhookUrl()).toBe(`${world.publicUrl}/webhooks/telegram`)
    expect(world.telegram.callsOf('setWebhook')[0]?.payload).toMatchObject({
      secret_token: PLANTED.webhookSecret,
      max_connections: 40,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
      drop_pending_updates: false,
    })
    expect(world.telegram.callsOf('setMyName').map(({ payload }) => payload['language_code'])).toEqual([
      undefined,
      'en',
    ])
    expect(world.telegram.refusals()).toEqual([])

    const before = changes().length
    const again = await world.run(['setup', '--yes'], world.ofTelegram)
    expect([again.code, changes().length]).toEqual([0, before])
    expect(again.shown).toContain('Telegram: everything is set already; nothing was changed.')
  })

  test('a webhook that is set elsewhere is brought back, its address is not shown, and no message is lost', async () => {
    world.telegram.personWrites(7, 'hello')
    world.telegram.setWebhook('http://127.0.0.1:9/other-secret-path')
    const { code, shown } = await world.run(['setup', '--yes'], world.ofTelegram)
    expect(code).toBe(0)
    expect(shown).not.toContain('other-secret-path')
    expect(world.telegram.webhookUrl()).toBe(`${world.publicUrl}/webhooks/telegram`)
    expect(world.telegram.callsOf('setWebhook')[0]?.payload).toMatchObject({ drop_pending_updates: false })
  })

  test('without a secret it says that messages are fetched, and takes away a webhook left from before', async () => {
    const { TELEGRAM_WEBHOOK_SECRET: _, PUBLIC_URL: __, ...fetching } = world.ofTelegram
    world.telegram.setWebhook('http://127.0.0.1:9/')
    const { code, shown } = await world.run(['setup', '--yes'], fetching)
    expect([code, world.telegram.webhookUrl()]).toEqual([0, ''])
    expect(shown).toContain('Lantern fetches messages itself (polling)')
    expect(world.telegram.callsOf('deleteWebhook')[0]?.payload).toMatchObject({ drop_pending_updates: false })
  })

  test('with --again the secret is set again, though nothing differs', async () => {
    await world.run(['setup', '--yes'], world.ofTelegram)
    const before = changes().length
    expect((await world.run(['setup', '--yes', '--again'], world.ofTelegram)).code).toBe(0)
    expect(changes().slice(before)).toEqual(['setWebhook'])
  })

  test('a refused token is one line with its setting and what to do', async () => {
    world.telegram.revokeToken()
    const { code, shown } = await world.run(['setup', '--yes'], world.ofTelegram)
    expect(code).toBe(1)
    expect(shown).toContain(
      'Telegram: TELEGRAM_BOT_TOKEN is refused by Telegram. Copy it again from BotFather',
    )
  })

  test('a missing PUBLIC_URL is named, and nothing is set', async () => {
    const { PUBLIC_URL: _, ...without } = world.ofTelegram
    const { code, shown } = await world.run(['setup', '--yes'], without)
    expect([code, changes()]).toEqual([1, []])
    expect(shown).toContain('Telegram: PUBLIC_URL is missing')
  })

  test('what Telegram will not let be changed now is told with the waiting time, and the rest is set', async () => {
    world.telegram.fail('setMyName', { kind: 'flood', seconds: 7_200 })
    const { code, shown } = await world.run(['setup', '--yes'], world.ofTelegram)
    expect(code).toBe(1)
    expect(shown).toContain('Run it again in 120 min.')
    expect(world.telegram.webhookUrl()).toBe(`${world.publicUrl}/webhooks/telegram`)
  })

  test('away from a terminal and without --yes it explains, and changes nothing', async () => {
    const { code, shown } = await world.run(['setup'], world.ofTelegram)
    expect([code, changes()]).toEqual([1, []])
    expect(shown).toContain('Telegram: still to be set:')
    expect(shown).toContain('again with --yes')
  })

  test('the answer n changes nothing; the empty answer is a yes', async () => {
    const no = await world.runWithTyped(['setup'], world.ofTelegram, 'n\n')
    expect(no.shown).toContain('Telegram: set these now? [Y/n]')
    expect([no.code, changes()]).toEqual([1, []])
    const yes = await world.runWithTyped(['setup'], world.ofTelegram, '\n')
    expect([yes.code, world.telegram.webhookUrl()]).toEqual([0, `${world.publicUrl}/webhooks/telegram`])
  })
})

describe('WhatsApp', () => {
  test('is set up in one run, and the run after it changes nothing and says so', async () => {
    const { code, shown } = await world.run(['setup', '--yes'], world.ofWhatsapp)
    expect(shown).toContain('WhatsApp: number +999 000 111 222 333: quality green')
    expect(code).toBe(0)
    expect(world.whatsapp.setup).toMatchObject({
      subscribed: true,
      callback: { url: `${world.publicUrl}/webhooks/whatsapp`, fields: ['messages'] },
    })
    const again = await world.run(['setup', '--yes'], world.ofWhatsapp)
    expect(again.code).toBe(0)
    expect(again.shown).toContain('WhatsApp: everything is set already; nothing was changed.')
  })

  test('when Lantern does not answer Meta, the line says to start it first', async () => {
    const { code, shown } = await world.run(['setup', '--yes'], {
      ...world.ofWhatsapp,
      PUBLIC_URL: 'http://127.0.0.1:9',
    })
    expect(code).toBe(1)
    expect(shown).toContain('WhatsApp: PUBLIC_URL did not give Meta the right answer. Start Lantern')
  })

  test('where the token names no business account, --waba does', async () => {
    world.whatsapp.setup.targets = []
    const without = await world.run(['setup', '--yes'], world.ofWhatsapp)
    expect([without.code, without.shown]).toEqual([1, expect.stringContaining('--waba <id>')])
    const { wabaId } = world.whatsapp
    expect((await world.run(['setup', '--yes', '--waba', wabaId], world.ofWhatsapp)).code).toBe(0)
  })

  test('an app secret of another app is named', async () => {
    const other = { ...world.ofWhatsapp, WHATSAPP_APP_SECRET: '0'.repeat(32) }
    const { code, shown } = await world.run(['setup', '--yes'], other)
    expect([code, world.whatsapp.setup.subscribed]).toEqual([1, false])
    expect(shown).toContain('WHATSAPP_APP_SECRET is not the secret of the app')
  })
})

test('no token and no secret is ever printed, whatever goes well or wrong', async () => {
  const both = { ...world.ofTelegram, ...world.ofWhatsapp }
  const outputs = [await world.run(['setup'], both), await world.run(['setup', '--yes'], both)]
  world.telegram.revokeToken()
  world.whatsapp.revokeToken()
  outputs.push(await world.run(['setup', '--yes'], both))
  outputs.push(
    await world.run(['check', '--online', '--json'], { ...both, TELEGRAM_API_URL: 'http://127.0.0.1:9' }),
  )
  const secrets = [...Object.values(PLANTED), world.telegram.token, world.whatsapp.accessToken, '111222333']
  for (const { shown, failed } of outputs)
    for (const secret of secrets) expect(`${shown}${failed}`.includes(secret)).toBe(false)
}, 60_000)

test('one channel alone is looked at with --channel, and one that is not set is said so', async () => {
  const { code, shown } = await world.run(['setup', '--yes', '--channel', 'telegram'], {
    ...world.ofTelegram,
    ...world.ofWhatsapp,
  })
  expect([code, shown.includes('WhatsApp:'), world.whatsapp.setup.subscribed]).toEqual([0, false, false])
  const none = await world.run(['setup', '--channel', 'whatsapp'], world.ofTelegram)
  expect([none.code, none.shown]).toEqual([1, expect.stringContaining('No whatsapp account is set.')])
  const strange = await world.run(['setup', '--channel', 'pigeon'], world.ofTelegram)
  expect([strange.code, strange.failed]).toEqual([1, expect.stringContaining('Usage:')])
})
