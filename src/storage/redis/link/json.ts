/** Rows as JSON, in which bytes stand as `{"$": base64url}`. */
export function toJson(value: unknown): string {
  return JSON.stringify(packed(value))
}

export function fromJson<T>(text: string): T {
  return JSON.parse(text, (_, one: unknown) =>
    one !== null && typeof one === 'object' && '$' in one && typeof one.$ === 'string'
      ? new Uint8Array(Buffer.from(one.$, 'base64url'))
      : one,
  ) as T
}

function packed(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $: Buffer.from(value).toString('base64url') }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (one === undefined ? [] : [[name, packed(one)]])),
  )
}
