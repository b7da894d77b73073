import type { Fact, ServiceAnswer } from '../../directory-wire.ts'
import type { Field } from '../../../directory/publishing/service-cells.ts'
import { t } from '../wording.ts'
import { fieldName, valueInWords } from './in-words.ts'

/** Everything that is known of a service, a name and its values; who checked it and when stands last. */

/** Said elsewhere on the sheet, or of no use to a reader. */
const LEFT_OUT: ReadonlySet<Field> = new Set([
  'name',
  'status',
  'orgId',
  'country',
  'adm1',
  'adm2',
  'coverage',
  'location',
  'timeZone',
  'phone',
  'tollfree',
])

export function FactList({ known: { facts, row } }: { known: ServiceAnswer }) {
  const shown = facts.filter(({ field }) => !LEFT_OUT.has(field))
  const groups = Map.groupBy(shown, ({ field }) => fieldName(field))
  return (
    <section class="part">
      <h2>{t('directory.facts')}</h2>
      <dl class="fact-list">
        {row.area !== '' && (
          <div>
            <dt>{t('cards.area')}</dt>
            <dd>
              <bdi>{row.area}</bdi>
            </dd>
          </div>
        )}
        {[...groups].map(([name, values]) => (
          <div key={name}>
            <dt>{name}</dt>
            {values.map((fact) => (
              <dd key={fact.field}>
                <Value fact={fact} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  )
}

const NUMBERS: ReadonlySet<Field> = new Set(['whatsapp', 'sms', 'telegram', 'email', 'web'])

function Value({ fact: { field, language, value } }: { fact: Fact }) {
  const words = valueInWords(field, value)
  if (NUMBERS.has(field)) return <bdi dir="ltr">{words}</bdi>
  return <bdi {...(language === undefined ? {} : { lang: language })}>{words}</bdi>
}
