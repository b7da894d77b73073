import { createHmac } from 'node:crypto'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { isSigned as isSignedByMeta } from '../../src/channels/whatsapp/signature.ts'
import { serveVerification } from '../../src/channels/whatsapp/verification.ts'
import { isSigned as isSignedByChatwoot } from '../../src/handoff/chatwoot/signature.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'

const SECRET = 'a'.repeat(32)
const hmac = (bytes: Buffer | string, secret = SECRET) =>
  createHmac('sha256', secret).update(bytes).digest('hex')

/** A second way to escape, so that the first one is compared with something: through JSON's own writing. */
const escaped = (text: string) =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
    .map((unit) => (unit < 0x80 ? String.fromCharCode(unit) : `\\u${unit.toString(16).padStart(4, '0')}`))
    .join('')

describe('a call of Meta’s', () => {
  const signed = (header: unknown, body: Buffer | string) =>
    isSignedByMeta(
      sensitive(SECRET),
      (header === undefined ? {} : { 'x-hub-signature-256': header }) as Record<string, string>,
      Buffer.from(body),
    )

  it('is believed when its bytes were signed with our secret', () => {
    expect(signed(`sha256=${hmac('{"a":1}')}`, '{"a":1}')).toBe(true)
    expect(signed(`SHA256=${hmac('{"a":1}').toUpperCase()}`, '{"a":1}')).toBe(true)
    expect(signed(`sha256=${hmac('')}`, '')).toBe(true)
  })

  it.each([
    ['nothing', () => undefined],
    ['an empty header', () => ''],
    ['two headers', (hex: string) => [`sha256=${hex}`]],
    ['no prefix', (hex: string) => hex],
    ['another prefix', (hex: string) => `sha1=${hex}`],
    ['something before it', (hex: string) => `x sha256=${hex}`],
    ['something after it', (hex: string) => `sha256=${hex}0`],
    ['a signature cut short', (hex: string) => `sha256=${hex.slice(0, 62)}`],
    ['no hexadecimal', (hex: string) => `sha256=${hex.slice(0, 63)}g`],
    ['one changed character', (hex: string) => `sha256=${hex.startsWith('0') ? '1' : '0'}${hex.slice(1)}`],
    ['the signature of another secret', () => `sha256=${hmac('{"a":1}', 'b'.repeat(32))}`],
    ['the signature of another body', () => `sha256=${hmac('{"a":2}')}`],
  ])('is not believed with %s', (_what, header) => {
    expect(signed(header(hmac('{"a":1}')), '{"a":1}')).toBe(false)
  })

  it.each(['é', 'أهلا', 'ẞ and ÿ and Ā', '\u0080\u007f\uffff', '👩🏽‍⚕️ 𝒶', `{"text":"${'ü'.repeat(1000)}"}`])(
    'is believed too when the escaped form of an unescaped body was signed: %s',
    (text) => {
      expect(signed(`sha256=${hmac(escaped(text))}`, text)).toBe(true)
      expect(signed(`sha256=${hmac(text)}`, text)).toBe(true)
      expect(signed(`sha256=${hmac(escaped(text).toUpperCase())}`, text)).toBe(false)
    },
  )

  it('is not believed for the escaped form of what is no text', () => {
    const broken = Buffer.from([0x7b, 0xff, 0xfe, 0x7d])
    expect(signed(`sha256=${hmac(escaped(broken.toString('utf8')))}`, broken)).toBe(false)
  })
})

describe('a call of Chatwoot’s', () => {
  const NOW = Date.UTC(2026, 10, 2, 9)
  const signed = (seconds: string, { body = 'x', header = '' } = {}) =>
    isSignedByChatwoot(
      sensitive(SECRET),
      {
        'x-chatwoot-signature': header || `sha256=${hmac(`${seconds}.${body}`)}`,
        'x-chatwoot-timestamp': seconds,
      },
      Buffer.from(body),
      NOW,
    )
  const at = (offset: number) => String(NOW / 1000 + offset)

  it('is believed for five minutes, before and after', () => {
    expect(signed(at(0))).toBe(true)
    expect(signed(at(300))).toBe(true)
    expect(signed(at(-300))).toBe(true)
    expect(signed(at(301))).toBe(false)
    expect(signed(at(-301))).toBe(false)
  })

  it.each(['', 'x', ` ${at(0)}`, `${at(0)} `, `${at(0)}000000`, '-1'])(
    'is not believed with the time %j, though it was signed',
    (seconds) => expect(signed(seconds)).toBe(false),
  )

  it('is not believed when its signature is of something else', () => {
    expect(signed(at(0), { header: `sha256=${hmac('x')}` })).toBe(false)
    expect(signed(at(0), { header: `x sha256=${hmac(`${at(0)}.x`)}` })).toBe(false)
    expect(signed(at(0), { header: `sha256=${hmac(`${at(0)}.x`)}0` })).toBe(false)
    expect(signed(at(0), { header: hmac(`${at(0)}.x`) })).toBe(false)
  })

  it('is not believed without its headers', () => {
    expect(isSignedByChatwoot(sensitive(SECRET), {}, Buffer.from('x'), NOW)).toBe(false)
    const alone = { 'x-chatwoot-signature': `sha256=${hmac(`${at(0)}.x`)}` }
    expect(isSignedByChatwoot(sensitive(SECRET), alone, Buffer.from('x'), NOW)).toBe(false)
  })
})

describe('Meta’s question', () => {
  async function asked(query: string, token = 'a-token-of-ours') {
    const server = fastify()
    serveVerification(server, '/webhooks/whatsapp', sensitive(token))
    const { statusCode, body, headers } = await server.inject(`/webhooks/whatsapp?${query}`)
    await server.close()
    return { statusCode, body, type: headers['content-type'] }
  }
  const RIGHT = 'hub.mode=subscribe&hub.verify_token=a-token-of-ours'

  it('is answered with its challenge as plain text', async () => {
    const answer = await asked(`${RIGHT}&hub.challenge=Az_9.-`)
    expect(answer).toEqual({ statusCode: 200, body: 'Az_9.-', type: 'text/plain' })
    expect((await asked(`${RIGHT}&hub.challenge=${'1'.repeat(200)}`)).statusCode).toBe(200)
  })

  it.each([
    ['nothing', ''],
    ['no challenge', RIGHT],
    ['an empty challenge', `${RIGHT}&hub.challenge=`],
    ['a challenge that is too long', `${RIGHT}&hub.challenge=${'1'.repeat(201)}`],
    ['a challenge that is more than a token', `${RIGHT}&hub.challenge=1%20%3Cb%3E`],
    ['a challenge that begins as none', `${RIGHT}&hub.challenge=%3C1`],
    ['two challenges', `${RIGHT}&hub.challenge=1&hub.challenge=2`],
    ['another mode', 'hub.mode=unsubscribe&hub.verify_token=a-token-of-ours&hub.challenge=1'],
    ['no mode', 'hub.verify_token=a-token-of-ours&hub.challenge=1'],
    ['another token', 'hub.mode=subscribe&hub.verify_token=a-token-of-theirs&hub.challenge=1'],
    ['no token', 'hub.mode=subscribe&hub.challenge=1'],
  ])('is refused without a word with %s', async (_what, query) => {
    expect(await asked(query)).toMatchObject({ statusCode: 403, body: '' })
  })

  it('is refused when we have no token ourselves', async () => {
    const answer = await asked('hub.mode=subscribe&hub.verify_token=&hub.challenge=1', '')
    expect(answer.statusCode).toBe(403)
  })
})
