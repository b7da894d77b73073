import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ALLOWED_UPDATES } from '../../src/channels/telegram/bot-api.ts'
import { HOUSE } from '../../src/cli/house.ts'
import { checkBotProfiles, loadBotProfiles } from '../../src/cli/setup/bot-profile.ts'
import { profilesOf } from '../../src/cli/setup/telegram-profile.ts'
import { lookAtTelegram, type TelegramFacts } from '../../src/cli/setup/telegram-state.ts'
import { webhookAddress } from '../../src/cli/setup/webhook-address.ts'
import type { WhatsappFacts } from '../../src/cli/setup/whatsapp-facts.ts'
import { lookAtWhatsapp } from '../../src/cli/setup/whatsapp-state.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const MINUTE = 60_000

describe('what Telegram says', () => {
  const bot = {
    username: 'a_bot',
    joinsGroups: false,
    readsGroups: false,
    inlineQueries: false,
    guestQueries: false,
  }
  const webhook = {
    url: 'https://bot.example.org/webhooks/telegram',
    pending: 0,
    lastErrorAt: undefined,
    lastError: undefined,
    maxConnections: 40,
    allowedUpdates: [...ALLOWED_UPDATES].toReversed() as string[],
  }
  const found = (facts: Partial<TelegramFacts>, again = false) =>
    lookAtTelegram(
      { bot, webhook, profiles: [], ...facts },
      {
        settings: { apiUrl: 'https://api.telegram.org', webhookSecret: sensitive('secret') },
        publicUrl: 'https://bot.example.org/',
        again,
        now: NOW,
      },
    ).findings.map(({ mend, key, problem }) => `${mend.by}: ${key} ${problem}`)

  test('a bot as Lantern sets it has no problem', () => expect(found({})).toEqual([]))

  test('groups, inline mode and guest mode would show her chat to others, and only a person can switch them off', () => {
    const open = { ...bot, joinsGroups: true, inlineQueries: true, guestQueries: true }
    expect(found({ bot: open })).toEqual([
      expect.stringMatching(/^hand: TELEGRAM_BOT_TOKEN .*groups/u),
      expect.stringMatching(/^hand: TELEGRAM_BOT_TOKEN .*inline mode/u),
      expect.stringMatching(/^hand: TELEGRAM_BOT_TOKEN .*guest mode/u),
    ])
  })

  test.each([
    ['no webhook', { url: '' }, 'setup: PUBLIC_URL is not known to Telegram'],
    ['another address', { url: 'https://elsewhere.example/x' }, 'setup: PUBLIC_URL is not where the webhook'],
    [
      'all kinds of updates',
      { allowedUpdates: undefined },
      'setup: TELEGRAM_WEBHOOK_SECRET belongs to a webhook',
    ],
    [
      'a door that turns messages away',
      {
        pending: 3,
        lastErrorAt: NOW - MINUTE,
        lastError: 'Wrong response from the webhook: 401 Unauthorized',
      },
      'setup: TELEGRAM_WEBHOOK_SECRET is not the one that Telegram sends, so 3 messages wait',
    ],
    [
      'messages that wait behind an error',
      { pending: 1, lastErrorAt: NOW - 5 * MINUTE, lastError: 'Connection refused' },
      'hand: PUBLIC_URL could not be reached by Telegram 5 min ago, and 1 message waits',
    ],
  ])('%s is found', (_, differing, line) => {
    expect(found({ webhook: { ...webhook, ...differing } })).toEqual([expect.stringContaining(line)])
  })

  test('an error after which everything was delivered is history', () => {
    expect(found({ webhook: { ...webhook, lastErrorAt: NOW - MINUTE, lastError: 'x 401 y' } })).toEqual([])
  })
})

describe('what Meta says', () => {
  const facts: WhatsappFacts = {
    token: { app: '777', valid: true, expiresAt: undefined, missingScopes: [] },
    numbers: [{ place: 1, found: true, cloudApi: true, onPhoneToo: false, quality: 'GREEN' }],
    accounts: [{ id: '888', subscribed: true }],
    webhook: { callback: 'https://bot.example.org/webhooks/whatsapp', active: true, fields: ['messages'] },
  }
  const found = (differing: Partial<WhatsappFacts>, graphVersion = 'v25.0') =>
    lookAtWhatsapp(
      { ...facts, ...differing },
      {
        settings: { apiUrl: 'https://graph.facebook.com', graphVersion },
        publicUrl: 'https://bot.example.org',
        account: undefined,
        again: false,
        now: NOW,
      },
    ).findings.map(({ mend, key, problem }) => `${mend.by}: ${key} ${problem}`)
  const token = facts.token

  test('an account as Lantern sets it has no problem', () => expect(found({})).toEqual([]))

  test.each<[string, Partial<WhatsappFacts>, string]>([
    [
      'a token that ends soon',
      { token: { ...token, expiresAt: NOW + 3 * 86_400_000 } },
      'hand: WHATSAPP_ACCESS_TOKEN stops working in 3 days',
    ],
    [
      'a missing permission',
      { token: { ...token, missingScopes: ['whatsapp_business_messaging'] } },
      'hand first: WHATSAPP_ACCESS_TOKEN lacks the permission',
    ],
    [
      'a number on a phone',
      { numbers: [{ place: 1, found: true, cloudApi: true, onPhoneToo: true }] },
      'coexistence',
    ],
    [
      'a number on another platform',
      { numbers: [{ place: 1, found: true, cloudApi: false }] },
      'coexistence',
    ],
    [
      'an account that is not heard',
      { accounts: [{ id: '888', subscribed: false }] },
      'setup: WHATSAPP_ACCESS_TOKEN belongs to an app that does not hear',
    ],
    [
      'an account that may not be read',
      { accounts: [{ id: '888', subscribed: { refusal: 'forbidden' } }] },
      'hand first: WHATSAPP_ACCESS_TOKEN may not read',
    ],
    [
      'a webhook elsewhere',
      { webhook: { callback: 'https://x.example/', active: true, fields: ['messages'] } },
      'setup: PUBLIC_URL is not where the webhook points',
    ],
    [
      'a webhook without messages',
      { webhook: { callback: 'https://bot.example.org/webhooks/whatsapp', active: true, fields: [] } },
      'setup: PUBLIC_URL has a webhook that does not bring messages',
    ],
    [
      'a webhook with more than messages',
      {
        webhook: {
          callback: 'https://bot.example.org/webhooks/whatsapp',
          active: true,
          fields: ['messages', 'calls'],
        },
      },
      'hand: PUBLIC_URL also gets webhook fields',
    ],
    [
      'another app secret',
      { webhook: { refusal: 'token' } },
      'hand first: WHATSAPP_APP_SECRET is not the secret of the app',
    ],
    ['a cut line', { webhook: { refusal: 'unreachable' } }, 'hand first: WHATSAPP_API_URL cannot be reached'],
  ])('%s is found', (_, differing, line) => {
    expect(found(differing)).toEqual([expect.stringContaining(line)])
  })

  test('an ended version is named, a living one is not', () => {
    expect(found({}, 'v20.0')).toEqual(['hand: WHATSAPP_GRAPH_VERSION names a version that Meta has ended'])
    expect(found({}, 'v21.0')).toEqual([])
  })
})

describe('the address of the webhook', () => {
  const real = 'https://api.telegram.org'
  test('is https for a real platform, on a port that Telegram calls, and nothing but an address', () => {
    expect(webhookAddress('https://a.example/bot/', real, 'telegram')).toEqual({
      address: 'https://a.example/bot/webhooks/telegram',
    })
    for (const wrong of [
      undefined,
      'http://a.example',
      'https://a.example:444',
      'https://u:p@a.example',
      'https://a.example/?x',
    ])
      expect(webhookAddress(wrong, real, 'telegram')).toHaveProperty('finding.key', 'PUBLIC_URL')
    expect(webhookAddress('http://a.example', 'http://a.example', 'whatsapp')).toHaveProperty('finding')
    expect(webhookAddress('http://127.0.0.1:1', 'http://127.0.0.1:2', 'whatsapp')).toHaveProperty('address')
  })
})

describe("the bot's profile", () => {
  const withFile = (content: unknown, look: (folder: string) => void) => {
    const folder = mkdtempSync(join(tmpdir(), 'lantern-profile-'))
    try {
      cpSync(join(HOUSE, 'locales/en'), join(folder, 'en'), { recursive: true })
      if (content !== undefined) writeFileSync(join(folder, 'en/bot.json'), JSON.stringify(content))
      look(folder)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
  const fine = {
    name: 'Sayings',
    description: 'About rain.',
    short: 'Rain.',
    commands: [{ command: 'menu', description: 'Start' }],
  }

  test('of every language in the house is in order', () => {
    expect(checkBotProfiles(join(HOUSE, 'locales'))).toEqual([])
  })

  test.each<[string, object, string]>([
    ['a name that is too long', { ...fine, name: 'x'.repeat(65) }, 'name'],
    [
      'a command that means nothing',
      { ...fine, commands: [{ command: 'cloud', description: 'x' }] },
      'commands[0]',
    ],
    [
      'a command that gives away too much',
      { ...fine, commands: [{ command: 'erase', description: 'x' }] },
      'commands[0]',
    ],
    ['a word that nobody may see', { ...fine, short: 'Help against violence.' }, ''],
  ])('%s is a problem', (_, content, key) => {
    withFile(content, (folder) => {
      expect(checkBotProfiles(folder)).toMatchObject([{ file: 'locales/en/bot.json', key }])
    })
  })

  test('a language without its own has the English one, and the first served is for everyone', () => {
    withFile(undefined, (folder) => {
      const profiles = profilesOf(loadBotProfiles(folder, ['fr', 'en', 'pt-BR', 'ckb']))
      expect(profiles.map(({ code }) => code)).toEqual([undefined, 'fr', 'en', 'pt'])
      expect(new Set(profiles.map(({ wanted }) => wanted.name)).size).toBe(1)
    })
  })
})
