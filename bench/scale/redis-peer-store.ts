import { createClient, RESP_TYPES } from '@redis/client'

/** One value for each person on the same Redis, read with GET and written with SET, as a bot's session plugin does it. */
export async function openRedisBytes() {
  const client = createClient({ url: process.env['STORAGE_URL'] ?? '' })
  client.on('error', () => process.exit(1))
  await client.connect()
  const bytes = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer })
  return {
    read: async (id: string) => (await bytes.get(id)) ?? undefined,
    async write(id: string, value: Buffer): Promise<void> {
      await bytes.set(id, value)
    },
    async delete(id: string): Promise<void> {
      await client.del(id)
    },
  }
}

export async function openRedisJson<T>() {
  const store = await openRedisBytes()
  return {
    async read(id: string): Promise<T | undefined> {
      const value = await store.read(id)
      return value === undefined ? undefined : (JSON.parse(value.toString()) as T)
    },
    write: (id: string, value: T) => store.write(id, Buffer.from(JSON.stringify(value))),
    delete: (id: string) => store.delete(id),
  }
}
