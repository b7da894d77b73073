import { createClient, RESP_TYPES } from '@redis/client'

/** How a connection behaves: nothing is queued while its server is away, and a silent server is taken for gone. */

/** A server that says nothing for so long is taken for gone. */
const SILENCE_MS = 8_000
const PING_MS = 2_500
const CONNECT_MS = 5_000
const LONGEST_PAUSE_MS = 1_000

/** Of its own for each: the client writes the address into it, and two would then be one. */
export const ownSocket = () => ({
  connectTimeout: CONNECT_MS,
  socketTimeout: SILENCE_MS,
  reconnectStrategy: (tries: number) => Math.min(LONGEST_PAUSE_MS, 20 * 2 ** Math.min(tries, 6)),
})
export const common = {
  RESP: 2,
  disableOfflineQueue: true,
  pingInterval: PING_MS,
  commandOptions: { timeout: 0, typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
} as const

export function single(url: string) {
  const client = createClient({ ...common, url, socket: ownSocket() })
  // What failed is told to whoever waits for it; without a listener it would end the process.
  client.on('error', () => {})
  return client
}
export type Single = ReturnType<typeof single>

/** The first connection is tried once: a start says at once that there is no server. */
export async function withEnd(client: Single): Promise<void> {
  let refuse: (error: unknown) => void = () => {}
  const refused = new Promise<never>((_, reject) => (refuse = reject))
  client.once('error', refuse)
  await Promise.race([client.connect(), refused])
  client.off('error', refuse)
}

/** Another connection to the same server, for hearing. */
export async function copyOf(client: Pick<Single, 'duplicate'>): Promise<Single> {
  const copy = client.duplicate()
  copy.on('error', () => {})
  await copy.connect()
  return copy
}
