import { createHash } from 'node:crypto'

/**
 * Ids for HSDS, which wants UUIDs where we have words: version 5 of RFC 9562 in a namespace of our own, so that one service
 * has the same id in every export and in every language. The name is "pack/kind/id", such as "demo/service/hotline-women".
 */
const NAMESPACE = '268f9ece-e65c-4759-86b4-8707a29ae13e'

export function uuidOf(...parts: readonly string[]): string {
  return uuidV5(NAMESPACE, parts.join('/'))
}

export function uuidV5(namespace: string, name: string): string {
  const digest = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80
  const hex = digest.toString('hex', 0, 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
