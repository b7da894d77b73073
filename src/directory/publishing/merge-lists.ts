import { type Service, service as schema } from '../service.ts'

/**
 * A list that was made on an earlier edition, brought onto the live one: what only one side changed is taken from that
 * side, field by field. Where both changed the same field otherwise, the services are named and nothing is merged; only
 * of two checks of one service the later one holds.
 */
export function mergeLists(
  base: readonly Service[],
  theirs: readonly Service[],
  live: readonly Service[],
): { services: Service[] } | { clashes: string[] } {
  const [old, current] = [byId(base), byId(live)]
  const listed = new Set(theirs.map(({ id }) => id))
  const clashes: string[] = []
  const merged = theirs.flatMap((service): Service[] => {
    const [before, now] = [old.get(service.id), current.get(service.id)]
    if (now === undefined) {
      // It left the live list meanwhile: it stays away unless the proposal has something new to say of it.
      if (before === undefined) return [service]
      if (!sameService(before, service)) clashes.push(service.id)
      return []
    }
    const one = mergeService(before, service, now)
    if (one === undefined) clashes.push(service.id)
    return one === undefined ? [] : [one]
  })
  for (const service of live) {
    if (listed.has(service.id)) continue
    const before = old.get(service.id)
    if (before === undefined) merged.push(service)
    else if (!sameService(withoutCheck(before), withoutCheck(service))) clashes.push(service.id)
  }
  return clashes.length > 0 ? { clashes } : { services: merged }
}

const CHECK: ReadonlySet<string> = new Set(['verified', 'reviewBy'])

function mergeService(before: Service | undefined, theirs: Service, live: Service): Service | undefined {
  if (before === undefined) return sameService(theirs, live) ? live : undefined
  const result: Record<string, unknown> = { ...theirs }
  const [old, now] = [entriesOf(before), entriesOf(live)]
  for (const field of new Set([...Object.keys(theirs), ...Object.keys(live)])) {
    if (field === 'source' || CHECK.has(field)) continue
    const [was, wanted, is] = [old[field], result[field], now[field]]
    if (sameValue(was, is) || sameValue(wanted, is)) continue
    if (!sameValue(was, wanted)) return undefined
    if (is === undefined) delete result[field]
    else result[field] = is
  }
  const isChecked = !sameValue([before.verified, before.reviewBy], [live.verified, live.reviewBy])
  const { verified, reviewBy } = isChecked && live.verified.on >= theirs.verified.on ? live : theirs
  return schema.parse({ ...result, verified, reviewBy })
}

const byId = (services: readonly Service[]) => new Map(services.map((service) => [service.id, service]))
const entriesOf = (service: Service): Readonly<Record<string, unknown>> => ({ ...service })

function withoutCheck(service: Service): object {
  return { ...service, verified: undefined, reviewBy: undefined }
}

/** Where its row stood is not of the service. */
export function sameService(one: object, other: object): boolean {
  return sameValue({ ...one, source: undefined }, { ...other, source: undefined })
}

/** Whatever the order in which an object's fields came. */
export function sameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]),
  )
}
