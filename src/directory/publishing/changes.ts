import { isFresh } from '../checks/freshness.ts'
import type { Service, Text } from '../service.ts'
import { type Cell, cellsOf, type Field } from './service-cells.ts'

/**
 * What changed between two lists of a pack, as data that the desk words in its languages; `changesInWords` says it in
 * English for the command line. Shown means to people in the chat, on the day that is given.
 */
export interface Named {
  id: string
  name: Text
}

export interface FieldChange {
  field: Field
  /** Of a text. */
  language?: string
  /** As it stands in the directory; '' when it is not given. */
  from: string
  to: string
}

export interface ServiceChange {
  service: Named
  /** left: it is no longer in the list. checked: nothing but the dates and the role of the check. */
  kind: 'new' | 'left' | 'changed' | 'checked'
  /** Whether people see it, before and after. */
  shown: { before: boolean; after: boolean }
  /** Empty for a service that is new or left. */
  fields: readonly FieldChange[]
}

export interface Changes {
  services: readonly ServiceChange[]
  /** Services in the list and how many of them are shown, before and after. */
  before: Count
  after: Count
}

export interface Count {
  services: number
  shown: number
}

const OF_A_CHECK: ReadonlySet<Field> = new Set(['verifiedOn', 'verifiedBy', 'verifiedMethod', 'reviewBy'])

export function changesBetween(
  before: readonly Service[],
  after: readonly Service[],
  today: string,
): Changes {
  const earlier = new Map(before.map((service) => [service.id, service]))
  const later = new Set(after.map(({ id }) => id))
  const isShown = (service: Service | undefined) => service !== undefined && isFresh(service, today)
  const count = (services: readonly Service[]): Count => ({
    services: services.length,
    shown: services.filter(isShown).length,
  })
  const left = before.filter(({ id }) => !later.has(id))
  return {
    services: [
      ...after.flatMap((service): ServiceChange[] => {
        const old = earlier.get(service.id)
        const shown = { before: isShown(old), after: isShown(service) }
        if (old === undefined) return [{ service: named(service), kind: 'new', shown, fields: [] }]
        const fields = fieldChanges(old, service)
        if (fields.length === 0) return []
        const kind = fields.every(({ field }) => OF_A_CHECK.has(field)) ? 'checked' : 'changed'
        return [{ service: named(service), kind, shown, fields }]
      }),
      ...left.map(
        (service): ServiceChange => ({
          service: named(service),
          kind: 'left',
          shown: { before: isShown(service), after: false },
          fields: [],
        }),
      ),
    ],
    before: count(before),
    after: count(after),
  }
}

function named({ id, name }: Service): Named {
  return { id, name }
}

function fieldChanges(before: Service, after: Service): FieldChange[] {
  const key = ({ field, language = '' }: Cell) => `${field}/${language}`
  const cells = cellsOf(before)
  const old = new Map(cells.map((cell) => [key(cell), cell]))
  const changes: FieldChange[] = []
  for (const { value: to, ...cell } of cellsOf(after)) {
    const from = old.get(key({ ...cell, value: to }))?.value ?? ''
    old.delete(key({ ...cell, value: to }))
    if (from !== to) changes.push({ ...cell, from, to })
  }
  for (const { value: from, ...cell } of old.values()) changes.push({ ...cell, from, to: '' })
  return changes
}
