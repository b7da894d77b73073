import type { Correction } from '../../../directory/publishing/edition-content.ts'
import type { Pack } from '../../../directory/pack/pack.ts'
import { hoursToGoBy } from '../../../directory/hours/hours-to-go-by.ts'
import type { NotDone } from '../../../directory/publishing/publishing.ts'
import type { Contact, Service } from '../../../directory/service.ts'
import type { CorrectionPost, Corrected, FormField } from '../../directory-wire.ts'

/**
 * What a caseworker typed into the form, as a correction of the service. Written hours leave with the notation that they
 * said in words: whoever reads old hours stands before a closed door.
 */
export function changesOf(
  { status, numbers, hours, address, endsOn }: Omit<CorrectionPost, 'note'>,
  service: Service,
  pack: Pick<Pack, 'timeZone'>,
): Correction['changes'] | 'stale' {
  const numbered = numbers === undefined ? service.contacts : contactsWith(service.contacts, numbers)
  if (numbered === undefined) return 'stale'
  const goneBy = hoursToGoBy(service)
  const isOther = hours !== undefined && hours.trim() !== (goneBy?.osm ?? '')
  const contacts = isOther && goneBy !== service.hours ? numbered.map(withoutHours) : numbered
  const texts = Object.fromEntries((address ?? []).flatMap(({ language, value }) => given(language, value)))
  return {
    ...(status === undefined || status === service.status ? {} : { status }),
    ...(contacts === service.contacts ? {} : { contacts }),
    ...(!isOther
      ? {}
      : {
          hours: hours.trim() === '' ? null : { osm: hours.trim(), tz: goneBy?.tz ?? pack.timeZone },
        }),
    ...(address === undefined ? {} : { address: Object.keys(texts).length === 0 ? null : texts }),
    ...(endsOn === undefined ? {} : { endsOn: endsOn === '' ? null : endsOn }),
  }
}

/** The hours of a line are those of its numbers: corrected, they are those of the service, and no others stand beside them. */
function withoutHours(contact: Contact): Contact {
  const { hours: _, ...rest } = contact
  return rest
}

const given = (language: string, value: string): [string, string][] =>
  value.trim() === '' ? [] : [[language, value.trim()]]

/** undefined: a number that is to change is not there any more. What else a contact says stays with it. */
function contactsWith(
  contacts: readonly Contact[],
  numbers: NonNullable<CorrectionPost['numbers']>,
): readonly Contact[] | undefined {
  let left: Contact[] = [...contacts]
  for (const { kind, from, to } of numbers) {
    const value = to.trim()
    if (from === value) continue
    const at = left.findIndex((contact) => contact.kind === kind && contact.value === from)
    if (from !== '' && at === -1) return undefined
    if (from === '') left = [...left, { kind, value }]
    else if (value === '') left = left.filter((_, place) => place !== at)
    else left = left.map((contact, place) => (place === at ? { ...contact, value } : contact))
  }
  return left
}

/** The hours of a correction, as they were understood. */
export function notationIn({ hours }: Correction['changes']): string | undefined {
  return typeof hours === 'object' && hours !== null && 'osm' in hours ? String(hours.osm) : undefined
}

/** Faults of the directory's own rules, by the field of the form in which they can be mended. */
export function wrongIn(answer: Extract<NotDone, { kind: 'faulty' }>): Corrected {
  return {
    kind: 'wrong',
    fields: answer.faults.map(({ field, problem, remedy }) => ({
      field: formFieldOf(field),
      detail: `${problem}. ${remedy}`,
    })),
  }
}

const FIELDS: readonly (readonly [RegExp, FormField])[] = [
  [/^(?:contacts|phone|tollfree|whatsapp|sms)(?:\.|$)/u, 'numbers'],
  [/^hours/u, 'hours'],
  [/^address/u, 'address'],
  [/^status$/u, 'status'],
  [/^(?:endsOn|ends_on)$/u, 'endsOn'],
  [/^note$/u, 'note'],
]

function formFieldOf(field: string): FormField {
  return FIELDS.find(([pattern]) => pattern.test(field))?.[1] ?? 'other'
}
