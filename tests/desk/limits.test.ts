import { afterEach, describe, expect, test } from 'vitest'
import { OWN_PAGE, startDesk, type Started } from './start-desk.ts'

/** How often one may try, and whose tries are counted together. */
const BURST = 40
const EVERY_MS = 3_000

let started: Started
afterEach(() => started.stop())

/** One try from an address; what a header says of another, as it came through `forwarded`. */
async function tries(from: string, forwarded?: Record<string, string>): Promise<number> {
  const { statusCode } = await started.server.inject({
    method: 'POST',
    url: '/desk/api/sign-in/passkey/options',
    remoteAddress: from,
    headers: { ...OWN_PAGE, 'content-type': 'application/json', ...forwarded },
    payload: '{}',
  })
  return statusCode
}
async function spend(from: string, forwarded?: (at: number) => Record<string, string>): Promise<void> {
  for (let at = 0; at < BURST; at += 1) expect(await tries(from, forwarded?.(at))).toBe(200)
}

describe('tries of one address', () => {
  test('are forty at once and one more every three seconds, and another address goes on', async () => {
    started = startDesk()
    await spend('192.0.2.1')
    expect(await tries('192.0.2.1')).toBe(429)
    expect(await tries('192.0.2.2')).toBe(200)
    started.clock.pass(EVERY_MS - 1)
    expect(await tries('192.0.2.1')).toBe(429)
    started.clock.pass(1)
    expect(await tries('192.0.2.1')).toBe(200)
    expect(await tries('192.0.2.1')).toBe(429)
  })

  test('count together at every door that is open to nobody in particular', async () => {
    started = startDesk()
    await spend('127.0.0.1')
    const token = 'A'.repeat(43)
    const passkey = { id: 'AA', rawId: 'AA', type: 'public-key' }
    const key = { clientDataJSON: 'AA' }
    const password = { password: 'x', code: '000000' }
    const bodies: [string, object][] = [
      [
        'sign-in/passkey',
        { response: { ...passkey, response: { ...key, authenticatorData: '', signature: '' } } },
      ],
      ['sign-in/password', { name: 'x', ...password }],
      ['invite', { token }],
      ['invite/accept/passkey/options', { token }],
      [
        'invite/accept/passkey',
        { token, response: { ...passkey, response: { ...key, attestationObject: '' } } },
      ],
      ['invite/accept/password/options', { token }],
      ['invite/accept/password', { token, setup: token, ...password }],
    ]
    for (const [path, body] of bodies) {
      const answer = await started.post(`/api/${path}`, body)
      expect([path, answer.statusCode, answer.json()]).toEqual([path, 429, { refused: 'tooMany' }])
    }
    const open = started.routes.filter(({ roles, method }) => roles === 'public' && method === 'POST')
    expect(open.map(({ path }) => path.replace('/desk/api/', '')).toSorted()).toEqual(
      ['sign-in/passkey/options', ...bodies.map(([path]) => path)].toSorted(),
    )
    expect(await started.accounts.auditFrom(0, 10)).toEqual([])
  })

  test.each<[string, Parameters<typeof startDesk>]>([
    ['whoever serves reads none', []],
    ['the server would, but the desk was not told of a proxy', [{}, { trustProxy: true }]],
    ['the desk was told, but the server trusts none', [{ trustProxy: true }, {}]],
  ])('a coded address in a header makes no other address: %s', async (_, parts) => {
    started = startDesk(...parts)
    const coded = (at: number) => ({
      'x-forwarded-for': `198.51.100.${at}`,
      'x-real-ip': `198.51.100.${at}`,
      forwarded: `for=198.51.100.${at}`,
    })
    await spend('192.0.2.1', coded)
    expect(await tries('192.0.2.1', coded(99))).toBe(429)
    expect(await tries('192.0.2.2', coded(1))).toBe(200)
  })

  test('behind our proxy are told apart by what it says, and by nothing that came before it', async () => {
    started = startDesk({ trustProxy: true }, { trustProxy: 'loopback' })
    const through = (...chain: string[]) => ({ 'x-forwarded-for': chain.join(', ') })
    await spend('127.0.0.1', (at) => through(`198.51.100.${at}`, '192.0.2.1'))
    expect(await tries('127.0.0.1', through('198.51.100.77', '192.0.2.1'))).toBe(429)
    expect(await tries('127.0.0.1', through('192.0.2.1', '192.0.2.2'))).toBe(200)
    // Whoever reaches the server past the proxy is not believed.
    await spend('203.0.113.5', (at) => through(`198.51.100.${at}`))
    expect(await tries('203.0.113.5', through('192.0.2.9'))).toBe(429)
  })

  test.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
    ['2001:db8:1:2::1', '2001:0DB8:0001:0002::2', true],
    ['2001:db8::1', '2001:db8:0:0:5::', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:db8::1', '2001:db8:0:1::1', false],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
    ['::ffff:192.0.2.1', '192.0.2.1', true],
    ['::ffff:c000:201', '192.0.2.1', true],
    ['::1', '127.0.0.1', false],
    ['fe80::1%eth0', 'fe80::2%eth0', true],
  ])('%s and %s share their tries: %s', async (one, other, shared) => {
    started = startDesk()
    await spend(one)
    expect(await tries(one)).toBe(429)
    expect(await tries(other)).toBe(shared ? 429 : 200)
  })
})

describe('what one account sends', () => {
  test('is bounded, whatever it is, and so is asking for what its role may not; the log does not grow on', async () => {
    started = startDesk()
    const { cookie } = await started.someone('auditor')
    const colleague = await started.someone('caseworker')
    const codes: number[] = []
    for (let at = 0; at < 120; at += 1) {
      codes.push((await started.post('/api/me', { onShift: at % 2 === 0 }, cookie)).statusCode)
      codes.push((await started.get('/api/queue', cookie)).statusCode)
    }
    expect(new Set(codes)).toEqual(new Set([200, 403]))
    const grown = await started.accounts.auditHead()
    for (const answer of [
      await started.get('/api/queue', cookie),
      await started.post('/api/me', { onShift: true }, cookie),
      await started.post('/api/cases/12345678/claim', { after: 0 }, cookie),
    ])
      expect([answer.statusCode, answer.json()]).toEqual([429, { refused: 'tooMany' }])
    expect(await started.accounts.auditHead()).toEqual(grown)
    expect((await started.get('/api/me', cookie)).statusCode).toBe(200)
    expect((await started.post('/api/me', {}, colleague.cookie)).statusCode).toBe(200)
    started.clock.pass(250)
    expect((await started.post('/api/sign-out', {}, cookie)).statusCode).toBe(200)
  })
})
