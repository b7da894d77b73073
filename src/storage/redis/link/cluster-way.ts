import { createCluster } from '@redis/client'
import { common, copyOf, ownSocket, type Single } from './connections.ts'
import { failed, RedisFailed } from './failure.ts'
import { type Connected, confirmed } from './replicated.ts'
import type { Reply, Way, Word } from './way.ts'

/**
 * The way to a cluster: each command goes to the primary on which its key lies. Where the primaries have replicas one of
 * them may take over, and then writes count once a replica has them, as behind sentinels; a cluster without replicas waits
 * for its servers instead.
 */
const MOST_MOVES = 3
/** Who has which keys is asked anew when a server was away for so long. */
const REFRESH_MS = 500

export async function toCluster(url: string): Promise<Way> {
  const { username, password, protocol } = new URL(url)
  const defaults = {
    socket: protocol === 'rediss:' ? { ...ownSocket(), tls: true as const } : ownSocket(),
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
  }
  const cluster = createCluster({
    ...common,
    rootNodes: [{ url }],
    defaults: { ...common, ...defaults },
    topologyRefreshOnReconnectionAttemptStrategy: REFRESH_MS,
  })
  cluster.on('error', () => {})
  await cluster.connect()
  const primaries = () => Promise.all(cluster.masters.map((node) => cluster.nodeClient(node)))
  // One replica anywhere says how the cluster is meant. Some may be away just now, which is when their primaries matter most:
  // a process that begins then, or before them, must not take for done what a fail-over will forget.
  let hasReplicas = (await replicasOf(await primaries())).some((count) => count > 0)
  const isReplicated = () => (hasReplicas ||= cluster.replicas.length > 0)

  const known = new WeakMap<object, Connected>()
  function connectedOf(client: Pick<Single, 'sendCommand' | 'on'>): Connected {
    const before = known.get(client)
    if (before !== undefined) return before
    let connections = 0
    client.on('ready', () => (connections += 1))
    const connected = {
      sendCommand: <T>(words: Word[]) => client.sendCommand<T>(words),
      connections: () => connections,
    }
    known.set(client, connected)
    return connected
  }

  /** On one connection, which a redirection of the client's own would not keep. */
  async function write(key: Buffer, words: Word[]): Promise<Reply> {
    for (let move = 0; ; move += 1)
      try {
        return await confirmed(connectedOf(await cluster.getNodeClientForKey(key)), words)
      } catch (error) {
        const { code } = failed(error)
        if ((code !== 'MOVED' && code !== 'ASK') || move === MOST_MOVES) throw error
        // It was not carried out there; a question that is redirected too brings the new place.
        await cluster.sendCommand(key, false, ['EXISTS', key])
      }
  }

  return {
    get isReplicated() {
      return isReplicated()
    },
    send: (key, words, writes) =>
      writes && isReplicated() && key !== undefined
        ? write(key, words)
        : cluster.sendCommand<Reply>(key, false, words),
    everywhere: async (words) =>
      Promise.all((await primaries()).map((client) => client.sendCommand<Reply>(words))),
    listener: async () => {
      const [first] = await primaries()
      if (first === undefined) throw new RedisFailed('AWAY')
      return copyOf(first)
    },
    close: () => cluster.destroy(),
  }
}

async function replicasOf(primaries: readonly Pick<Single, 'sendCommand'>[]): Promise<number[]> {
  const told = await Promise.all(
    primaries.map((client) => client.sendCommand<Buffer>(['INFO', 'replication'])),
  )
  return told.map((info) => Number(/connected_slaves:(\d+)/u.exec(info.toString())?.[1]))
}
