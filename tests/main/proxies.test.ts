import fastify from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { proxiesOf } from '../../src/main/process/listen.ts'

/** Whose word counts on where a request comes from, as the server that is served takes it. */
function proxiesWith(settings: Record<string, string>): string[] {
  const read = readConfig(settings)
  if ('faults' in read) throw new Error('the settings are refused')
  return proxiesOf(read.config)
}

/** Where a server with these settings sees a request come from that says it came through others. */
async function seenFrom(settings: Record<string, string>, from: string, through: string): Promise<string> {
  const proxies = proxiesWith(settings)
  const server = fastify(proxies.length > 0 ? { trustProxy: proxies } : {})
  onTestFinished(() => server.close())
  server.get('/', ({ ip }) => ip)
  const asked = { url: '/', remoteAddress: from, headers: { 'x-forwarded-for': through } }
  return (await server.inject(asked)).body
}
const PUBLIC = { PUBLIC_URL: 'https://bot.example.org' }
const BEHIND = { ...PUBLIC, HOST: '0.0.0.0', TRUSTED_PROXIES: '10.209.77.0/24,2001:db8::7' }

it('a proxy that the setting names is believed, and what came before it is not', async () => {
  expect(await seenFrom(BEHIND, '10.209.77.5', '198.51.100.9, 192.0.2.1')).toBe('192.0.2.1')
  expect(await seenFrom(BEHIND, '::ffff:10.209.77.5', '192.0.2.1')).toBe('192.0.2.1')
  expect(await seenFrom(BEHIND, '2001:db8::7', '192.0.2.1')).toBe('192.0.2.1')
  expect(await seenFrom(BEHIND, '10.209.77.5', '192.0.2.1, 10.209.77.6')).toBe('192.0.2.1')
})

it('nobody else is believed, not even on this machine', async () => {
  for (const from of ['10.209.78.5', '203.0.113.5', '127.0.0.1', '2001:db8::8'])
    expect(await seenFrom(BEHIND, from, '192.0.2.1')).toBe(from)
})

it('without the setting a proxy on this machine is believed by whoever listens there alone and has an address of the net', async () => {
  expect(await seenFrom(PUBLIC, '127.0.0.1', '192.0.2.1')).toBe('192.0.2.1')
  for (const settings of [{}, { ...PUBLIC, HOST: '0.0.0.0' }]) {
    expect(proxiesWith(settings)).toEqual([])
    expect(await seenFrom(settings, '127.0.0.1', '192.0.2.1')).toBe('127.0.0.1')
  }
})
