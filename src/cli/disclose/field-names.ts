import type { Held } from './held.ts'

/**
 * Every field by its full name, `conversation.remembers.language`: the words of the list in docs/promises.md. A record
 * inside a record is opened up; what a list or a message is made of is not.
 */
const INSIDE = new Set(['remembers', 'request', 'link', 'stored'])

export function fieldsOf({ kind, stored, readable = {} }: Held): [name: string, value: unknown][] {
  return [...opened(kind, stored), ...opened(kind, readable)]
}

function opened(of: string, values: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]): [string, unknown][] =>
      INSIDE.has(name) && typeof value === 'object' && value !== null
        ? opened(`${of}.${name}`, { ...value })
        : [[`${of}.${name}`, value]],
    )
}
