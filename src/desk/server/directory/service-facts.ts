import { hoursToGoBy } from '../../../directory/hours/hours-to-go-by.ts'
import type { Pack } from '../../../directory/pack/pack.ts'
import { cellsOf, type Field } from '../../../directory/publishing/service-cells.ts'
import type { Service } from '../../../directory/service.ts'
import { isSecretPlace } from '../../../directory/secret-place.ts'
import { worded } from '../../../directory/worded.ts'
import { type CorrectionForm, type Fact, NUMBER_KINDS, type NumberKind } from '../../directory-wire.ts'

/**
 * All that is known of one service, for reading; of each text one language, the reader's where there is one. Where a secret
 * place is stands here no more than in its row: a screen is read over a shoulder.
 */
export function factsOf(service: Service, reader: string): Fact[] {
  const isSecret = isSecretPlace(service)
  const cells = cellsOf(service).filter(({ field }) => !(isSecret && WHERE.has(field)))
  return cells.flatMap(({ field, language, value }): Fact[] => {
    if (language === undefined) return [{ field, value }]
    const tags = cells.flatMap((cell) => (cell.field === field ? [cell.language ?? ''] : []))
    const chosen = [reader, reader.split('-')[0] ?? '', 'en', tags[0] ?? ''].find((tag) => tags.includes(tag))
    if (language !== chosen) return []
    return [{ field, value, ...(language === reader ? {} : { language }) }]
  })
}

const WHERE: ReadonlySet<Field> = new Set(['adm1', 'adm2', 'coverage', 'place', 'location', 'address'])

export function formOf(service: Service, pack: Pack, reader: string): CorrectionForm {
  const { status, contacts, address, endsOn = '' } = service
  const hours = hoursToGoBy(service)
  const written = Object.entries(address ?? {}).map(([language, value]) => ({ language, value }))
  return {
    status,
    numbers: contacts.flatMap(({ kind, value }) => (isNumberKind(kind) ? [{ kind, value }] : [])),
    hours: hours?.osm ?? '',
    hoursNote: worded(hours?.text, reader),
    endsOn,
    ...(isSecretPlace(service)
      ? {}
      : { address: written.length > 0 ? written : [{ language: pack.languages[0] ?? 'en', value: '' }] }),
  }
}

export function isNumberKind(kind: string): kind is NumberKind {
  return NUMBER_KINDS.some((one) => one === kind)
}
