import { expect, it } from 'vitest'
import type { RedisLink } from '../../src/storage/redis/link/link.ts'
import { openServerClock } from '../../src/storage/redis/link/server-clock.ts'
import { redisHere } from './redis-stores.ts'

/** The machine's clock is the test's, and so is the way to the server, which may be long. */
const redis = redisHere()
const START = 1_700_000_000_000

function scene() {
  const machine = { ms: 5_000 }
  const server = { ms: START, underWay: [0, 0] }
  const link: Pick<RedisLink, 'at'> = {
    at() {
      const [there = 0, back = 0] = server.underWay
      machine.ms += there
      server.ms += there
      const micros = Math.round(server.ms * 1_000)
      const answer = [String(Math.floor(micros / 1_000_000)), String(micros % 1_000_000)]
      machine.ms += back
      server.ms += back
      return Promise.resolve(answer.map((word) => Buffer.from(word)))
    },
  }
  const pass = (ms: number) => {
    machine.ms += ms
    server.ms += ms
  }
  return { machine, server, link, pass, open: () => openServerClock(link, () => machine.ms) }
}

it('tells the time of a real server to the millisecond, whatever this machine takes it for', async () => {
  const clock = await openServerClock(await redis.empty())
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000)
  clock.close()
})

it('goes on between two questions, and is not moved by an answer that was long under way', async () => {
  const { server, pass, open } = scene()
  const clock = await open()
  pass(400)
  expect(clock.now()).toBe(START + 400)
  server.underWay = [0, 3_000]
  await clock.look()
  expect(clock.now()).toBe(Math.floor(server.ms))
  clock.close()
})

it('follows a server whose own clock was set, and one that took over with another', async () => {
  const { server, open } = scene()
  const clock = await open()
  server.ms += 90_000
  await clock.look()
  expect(clock.now()).toBe(START + 90_000)
  server.ms -= 30
  await clock.look()
  expect(clock.now()).toBe(START + 89_970)
  clock.close()
})

it('is off by no more than half of the way to the server and back', async () => {
  const { server, open } = scene()
  server.underWay = [20, 180]
  const clock = await open()
  expect(Math.abs(clock.now() - server.ms)).toBeLessThanOrEqual(100)
  server.underWay = [1, 1]
  await clock.look()
  expect(Math.abs(clock.now() - server.ms)).toBeLessThanOrEqual(1)
  clock.close()
})

it('goes on while the server is away', async () => {
  const { link, pass, open } = scene()
  const clock = await open()
  link.at = () => Promise.reject(new Error('away'))
  pass(5_000)
  await clock.look()
  expect(clock.now()).toBe(START + 5_000)
  clock.close()
})
