import { createClient } from '@redis/client'
import { copyOf, single, type Single, withEnd } from './connections.ts'
import { failed, RedisFailed } from './failure.ts'
import { type Connected, confirmed } from './replicated.ts'
import { type Place, type SentinelAddress, urlOf } from './sentinel-address.ts'
import type { Reply, Way, Word } from './way.ts'

/**
 * The way to the primary that sentinels name. They are asked when it is away, when it takes no writes or did not get one to
 * a replica, and now and then; a server that they name and that is no primary itself is not used. Like every way it
 * queues nothing: until there is a primary, commands reject. Its writes count once a replica has them.
 */
interface Primary extends Connected {
  place: Place
  client: Single
}

const LOOK_MS = 500
/** So often they are asked though all seems well, counted in looks. */
const EACH = 10
const ASK_MS = 1_000
/** After these the primary may be another one. */
const DOUBTS = new Set(['AWAY', 'READONLY', 'UNREPLICATED', 'MASTERDOWN', 'LOADING'])

export async function toSentinels(address: SentinelAddress): Promise<Way> {
  let primary: Primary | undefined
  let isDoubted = false
  let isClosed = false
  let looks = 0
  let looking: Promise<void> | undefined
  let moved = () => {}

  async function look(): Promise<void> {
    const place = await namedPrimary(address)
    if (place === undefined || isClosed) return
    isDoubted = false
    if (primary !== undefined && isSame(primary.place, place)) return
    const next = await connect(address, place)
    if (next === undefined) return
    const before = primary
    primary = next
    if (isClosed) next.client.destroy()
    before?.client.destroy()
    if (before !== undefined) moved()
  }

  await look()
  if (primary === undefined) throw new RedisFailed('AWAY')
  const timer = setInterval(() => {
    looks += 1
    const isWell = primary?.client.isReady === true && !isDoubted
    if (isWell && looks % EACH !== 0) return
    looking ??= look()
      .catch(() => {})
      .finally(() => (looking = undefined))
  }, LOOK_MS)
  timer.unref()

  async function send(words: Word[], writes: boolean): Promise<Reply> {
    const now = primary
    if (now === undefined) throw new RedisFailed('AWAY')
    try {
      return writes ? await confirmed(now, words) : await now.sendCommand<Reply>(words)
    } catch (error) {
      if (DOUBTS.has(failed(error).code)) isDoubted = true
      throw error
    }
  }

  return {
    isReplicated: true,
    send: (_key, words, writes) => send(words, writes),
    everywhere: async (words) => [await send(words, false)],
    async listener() {
      if (primary === undefined) throw new RedisFailed('AWAY')
      return copyOf(primary.client)
    },
    onMove(listener) {
      moved = listener
    },
    close() {
      isClosed = true
      clearInterval(timer)
      primary?.client.destroy()
    },
  }
}

/** What the first sentinel says that knows; the next question begins with another one. */
async function namedPrimary(address: SentinelAddress): Promise<Place | undefined> {
  const { sentinels } = address
  const from = Math.floor(performance.now()) % sentinels.length
  for (const sentinel of [...sentinels.slice(from), ...sentinels.slice(0, from)]) {
    const place = await ask(address, sentinel)
    if (place !== undefined) return place
  }
  return undefined
}

async function ask(address: SentinelAddress, sentinel: Place): Promise<Place | undefined> {
  const { username, password, name } = address
  // A sentinel without a password refuses one.
  for (const credentials of password === '' ? [{}] : [{}, { username, password }]) {
    const url = urlOf({ ...address, username: '', password: '', ...credentials }, sentinel)
    const client = createClient({
      url,
      RESP: 2,
      disableOfflineQueue: true,
      socket: { connectTimeout: ASK_MS, socketTimeout: ASK_MS, reconnectStrategy: false },
    })
    client.on('error', () => {})
    try {
      await client.connect()
      const named = await client.sendCommand<string[] | null>(['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name])
      const [host, port] = named ?? []
      return host === undefined ? undefined : { host, port: Number(port) }
    } catch (error) {
      if (failed(error).code !== 'NOAUTH') return undefined
    } finally {
      if (client.isOpen) client.destroy()
    }
  }
  return undefined
}

/** Undefined where it is away, or no primary. */
async function connect(address: SentinelAddress, place: Place): Promise<Primary | undefined> {
  const client = single(urlOf(address, place))
  let connections = 0
  client.on('ready', () => (connections += 1))
  try {
    await withEnd(client)
    const [role] = await client.sendCommand<Buffer[]>(['ROLE'])
    if (String(role) !== 'master') throw new RedisFailed('READONLY')
  } catch {
    client.destroy()
    return undefined
  }
  return {
    place,
    client,
    sendCommand: <T>(words: Word[]) => client.sendCommand<T>(words),
    connections: () => connections,
  }
}

const isSame = (a: Place, b: Place) => a.host === b.host && a.port === b.port
