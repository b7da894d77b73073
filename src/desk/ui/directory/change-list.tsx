import type { ReviewAnswer, ServiceChangeRow } from '../../directory-wire.ts'
import { languageName, t } from '../wording.ts'
import { fieldName, valueInWords } from './in-words.ts'

/** What would be otherwise, service by service: before and after side by side. */

const KINDS = ['new', 'left', 'changed', 'checked'] as const

export function ChangeList({ review: { counts, changes, before, after } }: { review: ReviewAnswer }) {
  const total = KINDS.reduce((sum, kind) => sum + counts[kind], 0)
  if (total === 0) return null
  return (
    <>
      {total > 1 && (
        <ul class="tally">
          {KINDS.filter((kind) => counts[kind] > 0).map((kind) => (
            <li key={kind}>{t(`directory.count.${kind}`, { n: counts[kind] })}</li>
          ))}
        </ul>
      )}
      {before.shown !== after.shown && (
        <p>{t('directory.shownBefore', { before: before.shown, after: after.shown })}</p>
      )}
      <ul class="changes">
        {changes.map((change) => (
          <Change key={change.id} change={change} />
        ))}
      </ul>
      {changes.length < total && <p class="quiet">{t('directory.andMore', { n: total - changes.length })}</p>}
    </>
  )
}

function Change({ change: { name, kind, shown, fields } }: { change: ServiceChangeRow }) {
  const hidden = shown.before && !shown.after
  const again = !shown.before && shown.after && kind !== 'new'
  return (
    <li class={hidden ? 'hides' : ''}>
      <p>
        <bdi class="name">{name}</bdi> <span class="flag">{t(`directory.change.${kind}`)}</span>
      </p>
      {hidden && <p class="late">{t('directory.hides')}</p>}
      {again && <p>{t('directory.showsAgain')}</p>}
      {fields.length > 0 && (
        <dl class="before-after">
          {fields.map(({ field, language, from, to }) => (
            <div key={`${field} ${language ?? ''}`}>
              <dt>
                {fieldName(field)}
                {language !== undefined && ` (${languageName(language)})`}
              </dt>
              <dd>
                {from !== '' && (
                  <del>
                    <span class="unseen">{t('directory.before')} </span>
                    <bdi>{valueInWords(field, from)}</bdi>
                  </del>
                )}
                {to !== '' && (
                  <ins>
                    <span class="unseen">{t('directory.after')} </span>
                    <bdi>{valueInWords(field, to)}</bdi>
                  </ins>
                )}
                {to === '' && <span class="quiet">{t('directory.takenOut')}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
