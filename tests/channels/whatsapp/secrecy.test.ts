import { inspect } from 'node:util'
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createGraphApi } from '../../../src/channels/whatsapp/graph-api.ts'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { bodyOf, OURS, PRIVATE } from './fixtures.ts'
import { ACCESS_TOKEN, APP_SECRET, type Bed, startBed, VERIFY_TOKEN } from './start-whatsapp.ts'

/** Tokens, numbers, ids, texts and Meta's words must be in nothing that leaves the channel, whatever the line does. */

const PHONE = '999000000001'
const USER_ID = 'XA.1000000000000001'
const TEXT = 'a text that nobody may print'
const her = sensitive(`${OURS[0]}|${USER_ID}|${PHONE}`)
const error = {
  message: `(#100) ${TEXT} META-TEXT`,
  error_data: { details: `META ${PHONE}` },
  fbtrace_id: 'META-TRACE',
}
const json = (status: number, body: unknown) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
const FAULTS: readonly [string, (response: ServerResponse) => void][] = [
  ['a cut line', (response) => response.destroy()],
  ['a 400', json(400, { error: { code: 100, ...error } })],
  ['a refused token', json(401, { error: { code: 190, ...error } })],
  ['a locked account', json(403, { error: { code: 131031, ...error } })],
  ['a flood', json(429, { error: { code: 130429, ...error } })],
  ['a closed window', json(400, { error: { code: 131047, ...error } })],
  ['a 500', json(500, { error: { code: 131000, ...error } })],
  ['an error inside a success', json(200, { error: { code: 100, ...error } })],
  ['a foreign error', json(400, { error: TEXT })],
  ['a foreign answer', json(200, { text: TEXT })],
  ['a page', (response) => response.writeHead(502).end(`<html>${TEXT}</html>`)],
  ['a redirect', (response) => response.writeHead(302, { location: `http://127.0.0.1:9/${TEXT}` }).end()],
]

let bed: Bed
let printed: string[]
beforeEach(async () => {
  bed = await startBed()
  printed = []
  const keep = (...parts: unknown[]) => {
    printed.push(parts.map(everythingOf).join(' '))
    return true
  }
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    vi.spyOn(console, name).mockImplementation(keep)
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  vi.spyOn(process.stderr, 'write').mockImplementation(keep)
  vi.spyOn(process, 'emitWarning').mockImplementation(keep)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await bed.stop()
})

/** Every way in which a value could end up as text. */
function everythingOf(value: unknown): string {
  const parts = [inspect(value, { depth: Infinity, showHidden: true, getters: true }), String(value)]
  try {
    parts.push(JSON.stringify(value) ?? '')
  } catch {
    parts.push('[circular]')
  }
  for (let inner = value; inner instanceof Error; inner = inner.cause)
    parts.push(inner.message, inner.stack ?? '')
  return parts.join('\n')
}

function leaks(values: readonly unknown[]): string[] {
  const text = [...values.map(everythingOf), ...printed, ...bed.events].join('\n')
  const secrets = [ACCESS_TOKEN, APP_SECRET, VERIFY_TOKEN, PHONE, USER_ID, TEXT, 'META', OURS[0]]
  return secrets.filter((secret) => text.includes(secret))
}

test('the check itself finds what kapso’s client leaks', async () => {
  const client = new WhatsAppClient({
    accessToken: ACCESS_TOKEN,
    baseUrl: bed.graph.url,
    graphVersion: 'v25.0',
  })
  bed.graph.next(json(400, { error: { code: 100, ...error } }))
  const fault: unknown = await client.messages
    .sendText({ phoneNumberId: OURS[0], to: PHONE, body: TEXT })
    .catch((caught: unknown) => caught)
  expect(leaks([fault])).toEqual([PHONE, TEXT, 'META'])
})

test.each(FAULTS)('under %s', async (_, fault) => {
  bed.graph.next(fault)
  const choices = [{ id: 'page:yes', label: 'Yes' }]
  const outcome = await bed.whatsapp.channel.send(her, { text: TEXT, choices, layout: 'buttons' })
  expect(leaks([outcome, bed.whatsapp.channel])).toEqual([])
})

test.each(FAULTS)('already behind the edge to Meta under %s', async (_, fault) => {
  const api = createGraphApi({
    accessToken: sensitive(ACCESS_TOKEN),
    apiUrl: bed.graph.url,
    graphVersion: 'v25.0',
    callMs: 5_000,
  })
  bed.graph.next(fault)
  const answer = await api.send(
    { ours: OURS[0], userId: USER_ID, phone: PHONE },
    { kind: 'text', text: TEXT },
  )
  await api.close()
  expect(leaks([answer])).toEqual([])
})

test('when the address of the API is no address at all', async () => {
  for (const apiUrl of ['not an address', 'http://', 'ftp://127.0.0.1', 'http://127.0.0.1:1/']) {
    const api = createGraphApi({
      accessToken: sensitive(ACCESS_TOKEN),
      apiUrl,
      graphVersion: 'v25.0',
      callMs: 2_000,
    })
    const answer = await api.send({ ours: OURS[0], phone: PHONE }, { kind: 'text', text: TEXT })
    await api.close()
    expect(answer).toEqual({ ok: false, refusal: { kind: 'unreachable' } })
    expect(leaks([answer])).toEqual([])
  }
})

test('when an event cannot be committed, the reason is not repeated', async () => {
  bed.receive((inbound) =>
    Promise.reject(Object.assign(new Error(`could not keep ${TEXT}`), { inbound, cause: new Error(PHONE) })),
  )
  await bed.post(bodyOf('text'))
  expect(leaks([])).toEqual([])
  expect(PRIVATE.test(printed.join('\n'))).toBe(false)
})

test('what people wrote can be handed about without being printed', async () => {
  for (const name of ['text', 'button-reply', 'location', 'system-number-changed'])
    await bed.post(bodyOf(name))
  const text = everythingOf(bed.inbound)
  expect(PRIVATE.exec(text)?.[0]).toBeUndefined()
  expect(bed.inbound).toHaveLength(5)
})
