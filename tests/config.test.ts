import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'

const faultsOf = (environment: Record<string, string>) => {
  const read = readConfig(environment)
  return 'faults' in read ? read.faults : []
}

describe('the settings', () => {
  it('keep data and keys on two servers, both or neither', () => {
    const both = { STORAGE_URL: 'rediss://:one-secret@data:6379', VAULT_URL: 'rediss://:two-secret@keys' }
    const read = readConfig(both)
    expect('config' in read && read.config.redis?.storage.reveal()).toBe(both.STORAGE_URL)
    expect('config' in read && read.config.redis?.vault.reveal()).toBe(both.VAULT_URL)
    expect(JSON.stringify(read)).not.toContain('secret')
    const alone = readConfig({})
    expect('config' in alone && alone.config.redis).toBe(undefined)
    for (const [storage, vault] of [
      [both.STORAGE_URL, undefined],
      [undefined, both.VAULT_URL],
      [both.STORAGE_URL, 'redis://data/1'],
      ['unix:///run/redis.sock', 'unix://:secret@/run/redis.sock?db=1'],
    ]) {
      const given = { ...(storage && { STORAGE_URL: storage }), ...(vault && { VAULT_URL: vault }) }
      expect(faultsOf(given).map((fault) => fault.variable)).toEqual(['VAULT_URL'])
      expect(JSON.stringify(faultsOf(given))).not.toContain('secret')
    }
  })

  it('let one process alone fetch from Telegram: with servers there may be several, and a webhook it must be', () => {
    const bot = { TELEGRAM_BOT_TOKEN: `1234567890:${'x'.repeat(35)}` }
    const servers = { STORAGE_URL: 'rediss://:one@data', VAULT_URL: 'rediss://:two@keys' }
    expect(faultsOf(bot)).toEqual([])
    expect(faultsOf({ ...bot, ...servers })).toMatchObject([
      { variable: 'TELEGRAM_WEBHOOK_SECRET', problem: expect.stringContaining('push each other off') },
    ])
    const secret = { TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-the-test' }
    expect(faultsOf({ ...bot, ...servers, ...secret })).toEqual([])
    expect(faultsOf(servers)).toEqual([])
  })

  it('name the proxies whose word counts, and refuse what is no address, and all addresses at once', () => {
    const given = ' 10.209.77.0/24, 192.0.2.7,2001:db8::/32 '
    const read = readConfig({ TRUSTED_PROXIES: given })
    const all = ['10.209.77.0/24', '192.0.2.7', '2001:db8::/32']
    expect('config' in read && read.config.trustedProxies).toEqual(all)
    for (const wrong of [
      'proxy.example.org',
      'loopback',
      '0.0.0.0/0',
      '::/0',
      '10.0.0.0/33',
      '10.0.0.0/08',
      '10.0.0.0/8/8',
      '10.0.0/8',
      '2001:db8::/129',
      'fe80::1%eth0',
      '192.0.2.7,',
    ]) {
      const faults = faultsOf({ TRUSTED_PROXIES: wrong })
      expect([wrong, faults.map(({ variable }) => variable)]).toEqual([wrong, ['TRUSTED_PROXIES']])
      expect(faults[0]?.remedy).toContain('10.1.2.0/24')
    }
  })

  it('need nothing to start with', () => {
    const read = readConfig({})
    expect('config' in read && read.config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      packs: ['demo'],
      entrance: 'open',
      simulator: true,
      idleHours: 24,
      caseDays: 7,
    })
  })

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['ENTRANCE', 'closed'],
    ['SIMULATOR', 'yes'],
    ['PACKS', '../etc'],
    ['STORAGE_URL', 'postgres://localhost'],
    ['STORAGE_URL', 'redis://local host'],
    ['STORAGE_URL', 'redis-sentinel://one:26379,two:26379'],
    ['STORAGE_URL', 'redis-sentinel://one:99999/lantern'],
    ['IDLE_HOURS', '0'],
    ['CASE_DAYS', '0'],
    ['TELEGRAM_BOT_TOKEN', 'not-a-token'],
    ['TELEGRAM_API_URL', 'ftp://example.org'],
    ['NODE_ENV', 'prod'],
    ['VAULT_URL', 'redis://localhost'],
    ['VAULT_URL', 'redis-sentinel://one/keys'],
    ['METRICS_PORT', 'many'],
    ['STATISTICS_AREAS', 'yes'],
    ['TELEGRAM_WEBHOOK_SECRET', 'short'],
    ['CHATWOOT_URL', 'ftp://cases.example'],
    ['CHATWOOT_ACCOUNT_ID', 'zero'],
  ])('%s=%s is one line that names the variable and says what to do', (variable, value) => {
    const faults = faultsOf({ [variable]: value })
    expect(faults).toHaveLength(1)
    expect(faults[0]?.variable).toBe(variable)
    expect(faults[0]?.remedy.length).toBeGreaterThan(5)
    if (value.length > 4) expect(JSON.stringify(faults)).not.toContain(value)
  })

  it('name every fault at once', () => {
    expect(faultsOf({ PORT: 'x', ENTRANCE: 'y', IDLE_HOURS: 'z' }).map(({ variable }) => variable)).toEqual([
      'PORT',
      'ENTRANCE',
      'IDLE_HOURS',
    ])
  })

  it('recognise a slip of the pen', () => {
    expect(faultsOf({ TELEGRAM_BOT_TOKN: '1' })[0]?.remedy).toBe('Did you mean TELEGRAM_BOT_TOKEN?')
    expect(faultsOf({ LANTERN_COLOUR: '1' })).toHaveLength(1)
  })

  it('refuse a vault in the folder of the data, and the fictional country beside a real channel', () => {
    for (const [data, vault] of [
      ['./x', './x/vault'],
      ['./x/data', './x'],
      ['./x', './x'],
    ] as const)
      expect(faultsOf({ DATA_DIR: data, VAULT_DIR: vault })[0]?.variable).toBe('VAULT_DIR')
    expect(faultsOf({ DATA_DIR: './x', VAULT_DIR: './x-vault' })).toEqual([])
    const token = `123456789:${'a'.repeat(35)}`
    expect(faultsOf({ NODE_ENV: 'production', TELEGRAM_BOT_TOKEN: token })[0]?.variable).toBe('PACKS')
  })

  it('switch the simulator off beside a real channel unless told otherwise', () => {
    const token = `123456789:${'a'.repeat(35)}`
    const read = readConfig({ TELEGRAM_BOT_TOKEN: token })
    expect('config' in read && read.config.simulator).toBe(false)
    expect(JSON.stringify(read)).not.toContain(token)
    const settings = { NODE_ENV: 'production', PACKS: 'here', TELEGRAM_BOT_TOKEN: token }
    const quiet = readConfig(settings)
    expect('config' in quiet && quiet.config.simulator).toBe(false)
    const told = readConfig({ ...settings, SIMULATOR: 'on' })
    expect('config' in told && told.config.simulator).toBe(true)
  })

  const WHATSAPP = {
    WHATSAPP_ACCESS_TOKEN: 'EAAG0123456789abcdefghij',
    WHATSAPP_APP_SECRET: '0123456789abcdef0123456789abcdef',
    WHATSAPP_VERIFY_TOKEN: 'a-token-of-our-own',
    WHATSAPP_PHONE_NUMBER_ID: '111222333, 444555666',
  }

  it('make a WhatsApp account of four settings, and name each that is missing', () => {
    const read = readConfig(WHATSAPP)
    expect('config' in read && read.config).toMatchObject({
      simulator: false,
      whatsapp: {
        phoneNumberIds: ['111222333', '444555666'],
        apiUrl: 'https://graph.facebook.com',
        graphVersion: 'v25.0',
      },
    })
    for (const secret of [WHATSAPP.WHATSAPP_ACCESS_TOKEN, WHATSAPP.WHATSAPP_APP_SECRET, 'of-our-own'])
      expect(JSON.stringify(read)).not.toContain(secret)
    for (const variable of Object.keys(WHATSAPP)) {
      const { [variable as keyof typeof WHATSAPP]: _left, ...others } = WHATSAPP
      expect(faultsOf(others).map((fault) => fault.variable)).toEqual([variable])
    }
    expect(faultsOf({ ...WHATSAPP, NODE_ENV: 'production' })[0]?.variable).toBe('PACKS')
    expect(faultsOf({ ...WHATSAPP, WHATSAPP_PHONE_NUMBER_ID: '+999 000' })[0]?.variable).toBe(
      'WHATSAPP_PHONE_NUMBER_ID',
    )
  })

  it('hand cases to Chatwoot with six settings, over no open line', () => {
    const chatwoot = {
      CHATWOOT_URL: 'http://cases.example.org',
      CHATWOOT_ACCOUNT_ID: '3',
      CHATWOOT_INBOX_IDENTIFIER: 'inbox-of-ours',
      CHATWOOT_HMAC_TOKEN: 'a token for hashes',
      CHATWOOT_WEBHOOK_SECRET: 'a secret of the webhook',
      CHATWOOT_ACCESS_TOKEN: 'token-of-an-administrator',
    }
    const read = readConfig(chatwoot)
    expect('config' in read && read.config.chatwoot).toMatchObject({ accountId: 3 })
    for (const secret of ['for hashes', 'of the webhook', 'of-an-administrator'])
      expect(JSON.stringify(read)).not.toContain(secret)
    for (const variable of Object.keys(chatwoot)) {
      const { [variable as keyof typeof chatwoot]: _left, ...others } = chatwoot
      expect(faultsOf(others).map((fault) => fault.variable)).toEqual([variable])
    }
    const live = { ...chatwoot, NODE_ENV: 'production' }
    expect(faultsOf(live).map((fault) => fault.variable)).toEqual(['CHATWOOT_URL'])
    for (const url of ['https://cases.example.org', 'http://127.0.0.1:3000', 'http://[::1]:3000'])
      expect(faultsOf({ ...live, CHATWOOT_URL: url })).toEqual([])
  })

  it('fetch from Telegram unless there is a secret for its webhook', () => {
    const token = `123456789:${'a'.repeat(35)}`
    const polled = readConfig({ TELEGRAM_BOT_TOKEN: token })
    expect('config' in polled && polled.config.telegram?.webhookSecret).toBe(undefined)
    const pushed = readConfig({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: 'b'.repeat(20) })
    expect('config' in pushed && pushed.config.telegram?.webhookSecret?.reveal()).toBe('b'.repeat(20))
    expect(JSON.stringify(pushed)).not.toContain('b'.repeat(20))
  })
})
