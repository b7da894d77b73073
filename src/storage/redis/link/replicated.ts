import { RedisFailed } from './failure.ts'
import type { Reply, Word } from './way.ts'

/**
 * Writes on a server that another one may take over from: they count once a replica has them, since a fail-over forgets
 * what no replica had. A write that was carried out and not confirmed rejects, and who waits for an acknowledgement gets
 * none. Confirmations of writes that end together are one WAIT.
 */
export interface Connected {
  sendCommand<T>(words: Word[]): Promise<T>
  /** Counts the times that it connected: WAIT knows the writes of its own connection only. */
  connections(): number
}

const REPLICAS = '1'
const WAIT_MS = '2000'
/** What only looks; any other command is taken for a write. */
const LOOKS = new Set([
  'EXISTS',
  'GET',
  'GETRANGE',
  'HEXISTS',
  'HGET',
  'HGETALL',
  'HKEYS',
  'HLEN',
  'HMGET',
  'LINDEX',
  'LRANGE',
  'MGET',
  'PUBLISH',
  'TIME',
  'ZRANGE',
])

export const isWrite = ([command]: readonly Word[]) => !LOOKS.has(String(command))

const coming = new WeakMap<Connected, Promise<Reply>>()

export async function confirmed(server: Connected, words: Word[]): Promise<Reply> {
  const before = server.connections()
  const reply = await server.sendCommand<Reply>(words)
  const replicas = await waited(server)
  if (replicas === 0 || server.connections() !== before) throw new RedisFailed('UNREPLICATED')
  return reply
}

/** A WAIT that was not sent yet also covers this write. */
function waited(server: Connected): Promise<Reply> {
  const next =
    coming.get(server) ??
    Promise.resolve().then(() => {
      coming.delete(server)
      return server.sendCommand<Reply>(['WAIT', REPLICAS, WAIT_MS])
    })
  coming.set(server, next)
  return next
}
