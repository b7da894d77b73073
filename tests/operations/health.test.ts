import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { serveHealth } from '../../src/operations/health.ts'

async function ask(path: string, unwell: { storage?: () => Promise<boolean>; stopping?: boolean } = {}) {
  const server = fastify()
  const well = () => Promise.resolve(true)
  serveHealth(server, {
    stopping: () => unwell.stopping ?? false,
    checks: { storage: unwell.storage ?? well, vault: well, pack: well },
  })
  const { statusCode, body } = await server.inject(path)
  await server.close()
  return [statusCode, body]
}

describe('health', () => {
  it('is live while the process answers, whatever else is wrong', async () => {
    expect(await ask('/health/live', { stopping: true })).toEqual([200, '{"live":true}'])
  })

  it('is ready when every part is', async () => {
    expect(await ask('/health/ready')).toEqual([200, '{"ready":true,"unwell":[]}'])
  })

  it('names the part that is not, in fixed words', async () => {
    const full = () => Promise.reject(new Error('disk of 999000000001 is full'))
    expect(await ask('/health/ready', { storage: full })).toEqual([
      503,
      '{"ready":false,"unwell":["storage"]}',
    ])
    expect(await ask('/health/ready', { stopping: true })).toEqual([
      503,
      '{"ready":false,"unwell":["stopping"]}',
    ])
  })
})
