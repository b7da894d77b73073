import { request } from 'node:http'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serveWebhook, type WebhookOutcome } from '../../src/channels/webhook.ts'

let server: FastifyInstance
let counts: WebhookOutcome[]
let bodies: Buffer[]
let handle: (body: Buffer) => Promise<'taken' | 'waiting' | 'nonsense'>
beforeEach(async () => {
  counts = []
  bodies = []
  handle = () => Promise.resolve('taken')
  server = fastify()
  server.post('/other', (incoming) => Promise.resolve({ read: incoming.body }))
  serveWebhook(server, {
    path: '/webhooks/test',
    verified: (headers) => headers['x-right'] === 'yes',
    handle(body) {
      bodies.push(body)
      return handle(body)
    },
    counted: (outcome) => void counts.push(outcome),
  })
  await server.ready()
})
afterEach(() => server.close())

const right = { 'x-right': 'yes', 'content-type': 'application/json' }
const post = (payload: Buffer | string, headers: Record<string, string> = right) =>
  server.inject({ method: 'POST', url: '/webhooks/test', payload, headers })

describe('a webhook', () => {
  it('hands on the untouched bytes, whatever type they claim to be', async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x7d])
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded'])
      expect((await post(bytes, { ...right, 'content-type': type })).statusCode).toBe(200)
    expect(bodies).toEqual([bytes, bytes, bytes])
    expect(counts).toEqual(['taken', 'taken', 'taken'])
  })

  it('refuses what is not verified before anything is read, and counts it', async () => {
    const answer = await post('{"a":1}', { 'content-type': 'application/json' })
    expect([answer.statusCode, answer.body]).toEqual([401, ''])
    expect([bodies, counts]).toEqual([[], ['forged']])
  })

  it('refuses more than 3 MB', async () => {
    expect((await post(Buffer.alloc(3 * 1024 * 1024 + 1))).statusCode).toBe(413)
    expect((await post(Buffer.alloc(3 * 1024 * 1024))).statusCode).toBe(200)
    expect(counts).toEqual(['tooLarge', 'taken'])
  })

  it('asks for the same again when it could not be committed, and says nothing of why', async () => {
    handle = () => Promise.resolve('waiting')
    expect((await post('{}')).statusCode).toBe(503)
    handle = () => Promise.reject(new Error('the text of 999000000001'))
    const answer = await post('{}')
    expect([answer.statusCode, answer.body]).toEqual([503, ''])
    expect(counts).toEqual(['waiting', 'waiting'])
  })

  it('acknowledges nonsense, so that it does not come again', async () => {
    handle = () => Promise.resolve('nonsense')
    expect((await post('[[[')).statusCode).toBe(200)
    expect(counts).toEqual(['nonsense'])
  })

  it('takes nothing from a body that is cut off', async () => {
    const address = await server.listen({ host: '127.0.0.1', port: 0 })
    const ended = Promise.withResolvers<void>()
    const cut = request(`${address}/webhooks/test`, {
      method: 'POST',
      headers: { ...right, 'content-length': 100 },
    })
    cut.on('error', () => ended.resolve())
    cut.on('close', () => ended.resolve())
    cut.write('{"half":', () => cut.destroy())
    await ended.promise
    await server.close()
    expect(bodies).toEqual([])
  })

  it('leaves the other routes as they are', async () => {
    const answer = await server.inject({ method: 'POST', url: '/other', payload: { a: 1 } })
    expect(answer.json()).toEqual({ read: { a: 1 } })
  })
})
