import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeChatwoot, startFakeChatwoot } from './fake-chatwoot.ts'
import { signedHeaders } from './webhooks.ts'

const SECRETS = {
  inboxIdentifier: 'inbox',
  hmacToken: 'token',
  webhookSecret: 'secret',
  accountId: 3,
  accessToken: 'staff',
}
const clock = { now: () => 1_793_610_000_000 }
const hash = (identifier: string) => createHmac('sha256', 'token').update(identifier).digest('hex')
const contact = (identifier: string) => ({
  identifier,
  identifier_hash: hash(identifier),
  name: `Case ${identifier}`,
})

let fake: FakeChatwoot
beforeEach(async () => {
  fake = await startFakeChatwoot(SECRETS, clock)
})
afterEach(() => fake.stop())

async function call(method: string, path: string, body?: unknown, token?: string) {
  const answer = await fetch(`${fake.url}${path}`, {
    method,
    headers: token === undefined ? {} : { api_access_token: token },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> }
}
const inbox = (path: string, body?: unknown) =>
  call(body === undefined ? 'GET' : 'POST', `/public/api/v1/inboxes/inbox/${path}`, body)

async function talk() {
  const { body: made } = await inbox('contacts', contact('1'))
  const source = String(made['source_id'])
  const { body: begun } = await inbox(`contacts/${source}/conversations`, { custom_attributes: {} })
  return { source, id: Number(begun['id']), at: `contacts/${source}/conversations/${String(begun['id'])}` }
}

describe('the fake Chatwoot', () => {
  it('refuses a wrong hash, fields that are not published, and what is missing', async () => {
    const right = contact('1')
    for (const [body, status] of [
      [{ ...right, identifier_hash: hash('2') }, 401],
      [{ ...right, phone_number: '+1' }, 400],
      [{ ...right, source_id: 'x' }, 400],
      [{ identifier: '1', name: 'x' }, 400],
      [right, 200],
    ] as const)
      expect((await inbox('contacts', body)).status).toBe(status)
  })

  it('finds a contact again by its identifier, under another source id', async () => {
    const [first, second] = [await inbox('contacts', contact('1')), await inbox('contacts', contact('1'))]
    expect(second.body['id']).toBe(first.body['id'])
    expect(second.body['source_id']).not.toBe(first.body['source_id'])
  })

  it('makes a second message of the same echo_id, as the real one does', async () => {
    const { at, id } = await talk()
    for (let times = 0; times < 2; times += 1)
      expect((await inbox(`${at}/messages`, { content: 'hi', echo_id: 'e' })).status).toBe(200)
    expect(fake.account.of(id)).toHaveLength(2)
  })

  it('opens a resolved conversation when the person writes', async () => {
    const { at, id } = await talk()
    fake.agent.resolves(id)
    await inbox(`${at}/messages`, { content: 'hi', echo_id: 'e' })
    expect(fake.account.conversations.get(id)?.status).toBe('open')
  })

  it('lets staff in with the token alone, and only to its own account', async () => {
    const { id } = await talk()
    const path = `/api/v1/accounts/3/conversations/${id}`
    expect((await call('GET', path)).status).toBe(401)
    expect((await call('GET', path, undefined, 'wrong')).status).toBe(401)
    expect((await call('GET', path.replace('/3/', '/4/'), undefined, 'staff')).status).toBe(404)
    expect((await call('GET', path, undefined, 'staff')).body['status']).toBe('open')
  })

  it('deletes a conversation some looks after it answered', async () => {
    const { id } = await talk()
    fake.linger(1)
    const path = `/api/v1/accounts/3/conversations/${id}`
    expect((await call('DELETE', path, undefined, 'staff')).status).toBe(200)
    expect((await call('GET', path, undefined, 'staff')).status).toBe(200)
    expect((await call('GET', path, undefined, 'staff')).status).toBe(404)
  })

  it('sends each webhook once, signed with the time, unless it is told to try again', async () => {
    const got: [string, Record<string, string>][] = []
    fake.webhooks.to((body, headers) => {
      got.push([body, headers])
      return Promise.resolve(503)
    })
    const { id } = await talk()
    fake.agent.replies(id, 'one')
    await fake.webhooks.idle()
    fake.webhooks.tries(3)
    fake.agent.notes(id, 'two')
    await fake.webhooks.idle()
    expect(got).toHaveLength(4)
    const [body = '', headers = {}] = got[0] ?? []
    expect(headers['x-chatwoot-signature']).toBe(
      signedHeaders('secret', body, clock.now())['x-chatwoot-signature'],
    )
    expect(got.map(([text]) => (JSON.parse(text) as { private: boolean }).private)).toEqual([
      false,
      true,
      true,
      true,
    ])
  })

  it('keeps what came in, and fails on order', async () => {
    fake.fault({ status: 502, html: true }, /contacts/u, 1)
    const answer = await fetch(`${fake.url}/public/api/v1/inboxes/inbox/contacts`, {
      method: 'POST',
      body: JSON.stringify(contact('77')),
    })
    expect([answer.status, await answer.text()]).toEqual([502, '<html><body>502</body></html>'])
    fake.fault('cut')
    await expect(inbox('contacts', contact('78'))).rejects.toThrow('fetch failed')
    expect(fake.recorded.join('\n')).toContain('"identifier":"77"')
    expect(fake.account.contacts.size).toBe(0)
  })
})
