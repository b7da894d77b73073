import type { CellsWish } from './service-cells.ts'
import type { HsdsPhone, HsdsService } from './records.ts'

/** Those of the service itself, else of its place, else of its organisation: by kind, each once. */
export function phoneCells(service: HsdsService, { row, sheet }: CellsWish): Record<string, string> {
  const places = service.service_at_locations
  const [phones = []] = [
    service.phones,
    places.flatMap((at) => at.phones),
    places.flatMap(({ location }) => location?.phones ?? []),
    service.organization?.phones ?? [],
  ].filter((some) => some.length > 0)
  const found = new Map<string, Set<string>>()
  for (const phone of phones) {
    const column = columnOf(phone)
    if (column === undefined || phone.extension !== '')
      sheet.say({
        row,
        column: 'phone',
        kind: 'note',
        problem:
          column === undefined
            ? 'has a number that nobody answers by voice or text, which is left out'
            : 'has an extension, which is left out',
        remedy: 'Add a number that can be dialled.',
      })
    if (column === undefined) continue
    const number = phone.number.replaceAll(/["';]/gu, '').trim()
    if (number !== '') found.set(column, (found.get(column) ?? new Set()).add(number))
  }
  return Object.fromEntries([...found].map(([column, numbers]) => [column, [...numbers].join(';')]))
}

function columnOf({ type, description }: HsdsPhone): string | undefined {
  const kind = type.toLowerCase()
  if (['fax', 'pager', 'textphone', 'video', 'tty', 'tdd'].includes(kind)) return undefined
  if (/whats ?app/iu.test(`${kind} ${description}`)) return 'whatsapp'
  if (kind === 'text' || kind === 'sms') return 'sms'
  return /^(?:free of charge|toll.?free)/iu.test(description) || /^toll.?free$/u.test(kind)
    ? 'tollfree'
    : 'phone'
}
