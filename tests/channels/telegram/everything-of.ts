import { inspect } from 'node:util'

/** Every way in which a value could end up as text. */
export function everythingOf(value: unknown): string {
  const parts = [inspect(value, { depth: Infinity, showHidden: true, getters: true }), String(value)]
  try {
    parts.push(JSON.stringify(value) ?? '')
  } catch {
    parts.push('[circular]')
  }
  for (let error = value; error instanceof Error; error = error.cause) {
    parts.push(
      error.message,
      error.stack ?? '',
      inspect(Object.getOwnPropertyDescriptors(error), { depth: Infinity }),
    )
  }
  return parts.join('\n')
}
