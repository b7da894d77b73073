import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Corrected, CorrectionForm as Form, CorrectionPost, FormField } from '../../directory-wire.ts'
import { post } from '../server/api.ts'
import { say, sayRefused } from '../state/notices.ts'
import { OnceForm } from '../parts/once-form.tsx'
import { isolate, language, languageName, t } from '../wording.ts'
import { codeName, fieldName, whyNot } from './in-words.ts'

/** What goes stale, to be put right: a second person looks at it before anybody reads it. */

interface Props {
  id: string
  form: Form
  onDone: () => void
}
type Wrong = readonly { field: FormField; detail: string }[]

const STATUSES = ['active', 'temporarily_closed', 'closed'] as const

export function CorrectionForm({ id, form, onDone }: Props) {
  const wrong = useSignal<Wrong>([])
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => box.current?.querySelector<HTMLElement>('select, input')?.focus(), [])
  useLayoutEffect(
    () => box.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(),
    [wrong.value],
  )

  async function send(element: HTMLFormElement): Promise<void> {
    const answer = await post<Corrected>(`directory/services/${id}/correct`, correctionIn(element, form))
    if (!answer.ok) return sayRefused(answer.why)
    const { value } = answer
    if (value.kind === 'wrong') {
      wrong.value = value.fields
      return
    }
    if (value.kind !== 'proposed' && value.kind !== 'waits') return say(whyNot(value))
    const understood = value.kind === 'proposed' ? value.hours : undefined
    const hours = understood === undefined ? '' : ` ${fieldName('hours')}: ${isolate(understood)}`
    say(`${t('directory.proposed')}${hours}`)
    onDone()
  }

  const at = (field: FormField) => wrong.value.find((one) => one.field === field)
  const given = (field: FormField) => ({ wrong: at(field), field })
  return (
    <div ref={box} class="sheet correction">
      <h2>{t('directory.correct')}</h2>
      <p class="quiet small">{t('directory.correctHint')}</p>
      <OnceForm strong verb={t('directory.propose')} onSend={send}>
        <label class="field">
          <span>{fieldName('status')}</span>
          <select name="status" defaultValue={form.status} aria-invalid={at('status') !== undefined}>
            {(form.status === 'draft' ? (['draft', ...STATUSES] as const) : STATUSES).map((status) => (
              <option key={status} value={status} selected={status === form.status}>
                {codeName(status)}
              </option>
            ))}
          </select>
          <Mistake {...given('status')} />
        </label>
        {form.numbers.map(({ kind, value }, place) => (
          <label key={`${kind} ${value}`} class="field">
            <span>{fieldName(kind)}</span>
            <Line name={`number ${place}`} value={value} invalid={at('numbers') !== undefined} />
          </label>
        ))}
        <label class="field">
          <span>{t('directory.newNumber')}</span>
          <Line name="number new" value="" invalid={at('numbers') !== undefined} />
          <Mistake {...given('numbers')} />
        </label>
        <label class="field">
          <span>{fieldName('hours')}</span>
          <Line name="hours" value={form.hours} invalid={at('hours') !== undefined} />
          <span class="small">
            {t('directory.hoursHint')} <bdi dir="ltr">Mo-Fr 08:00-16:00; Sa 09:00-12:00; PH off</bdi>
          </span>
          {form.hoursNote !== '' && (
            <span class="small">{t('directory.hoursNote', { text: form.hoursNote })}</span>
          )}
          <Mistake {...given('hours')} />
        </label>
        {form.address?.map(({ language: tag, value }) => (
          <label key={tag} class="field">
            <span>
              {fieldName('address')} ({languageName(tag)})
            </span>
            <input
              name={`address ${tag}`}
              dir="auto"
              lang={tag}
              maxLength={300}
              autocomplete="off"
              defaultValue={value}
              aria-invalid={at('address') !== undefined}
            />
            <Mistake {...given('address')} />
          </label>
        ))}
        {form.address === undefined && <p class="quiet small">{t('directory.secret')}</p>}
        {form.endsOn !== '' && (
          <label class="field">
            <span>{fieldName('endsOn')}</span>
            <input
              name="endsOn"
              type="date"
              defaultValue={form.endsOn}
              aria-invalid={at('endsOn') !== undefined}
            />
            <Mistake {...given('endsOn')} />
          </label>
        )}
        <label class="field">
          <span>{t('directory.note')}</span>
          <input
            name="note"
            dir="auto"
            maxLength={300}
            autocomplete="off"
            aria-invalid={at('note') !== undefined}
          />
          <Mistake {...given('note')} />
        </label>
        <Mistake {...given('other')} />
      </OnceForm>
      <button type="button" class="wide" onClick={onDone}>
        {t('cancel')}
      </button>
    </div>
  )
}

function Line({ name, value, invalid }: { name: string; value: string; invalid: boolean }) {
  return (
    <input
      name={name}
      dir="ltr"
      maxLength={name === 'hours' ? 300 : 40}
      autocomplete="off"
      spellcheck={false}
      defaultValue={value}
      aria-invalid={invalid}
    />
  )
}

/** What the directory's own checks say in detail, they say in English. */
function Mistake({ wrong, field }: { wrong: Wrong[number] | undefined; field: FormField }) {
  return (
    <span class="wrong" role="alert">
      {wrong !== undefined &&
        `${t(`directory.wrong.${field}`)}${language.value === 'en' ? ` (${wrong.detail})` : ''}`}
    </span>
  )
}

function correctionIn(element: HTMLFormElement, form: Form): CorrectionPost {
  const data = new FormData(element)
  const text = (name: string) => {
    const value = data.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const numbers = form.numbers
    .map(({ kind, value }, place) => ({ kind, from: value, to: text(`number ${place}`) }))
    .filter(({ from, to }) => from !== to)
  const more = text('number new')
  if (more !== '') numbers.push({ kind: 'phone', from: '', to: more })
  const address = form.address?.map(({ language: tag }) => ({ language: tag, value: text(`address ${tag}`) }))
  const status = STATUSES.find((one) => one === text('status'))
  return {
    note: text('note'),
    ...(status === undefined || status === form.status ? {} : { status }),
    ...(numbers.length === 0 ? {} : { numbers }),
    ...(text('hours') === form.hours ? {} : { hours: text('hours') }),
    ...(JSON.stringify(address) === JSON.stringify(form.address) ? {} : { address }),
    ...(form.endsOn === '' || text('endsOn') === form.endsOn ? {} : { endsOn: text('endsOn') }),
  }
}
