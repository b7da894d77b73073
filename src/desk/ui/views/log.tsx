import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { AuditLine } from '../../wire.ts'
import { type Failure, get } from '../api.ts'
import { Asking } from '../parts/asking.tsx'
import { Heading } from '../parts/heading.tsx'
import { Icon } from '../parts/icon.tsx'
import { named, t } from '../wording.ts'

/** Who did what, to the hour; and whether a line is missing. */

interface Log {
  lines: AuditLine[]
  intact: boolean
}

export function LogView() {
  const log = useSignal<Log | undefined>(undefined)
  const why = useSignal<Failure | undefined>(undefined)
  const atStart = useSignal(false)

  async function more(): Promise<void> {
    const known = log.value
    const oldest = known?.lines.at(-1)?.seq
    const answer = await get<Log>('audit', oldest === undefined ? {} : { before: String(oldest) })
    why.value = answer.ok ? undefined : answer.why
    if (!answer.ok) return
    const { lines, intact } = answer.value
    atStart.value = lines.length === 0 || (lines.at(-1)?.seq ?? 0) <= 1
    log.value = { lines: [...(known?.lines ?? []), ...lines], intact: intact && (known?.intact ?? true) }
  }
  useEffect(() => void more(), [])

  const known = log.value
  return (
    <main class="page" id="main">
      <Heading>{t('log.title')}</Heading>
      <Asking
        asked={{
          ...(known === undefined ? {} : { value: known }),
          ...(why.value === undefined ? {} : { why: why.value }),
        }}
      />
      {known !== undefined && (
        <>
          <p class={known.intact ? 'seal' : 'seal broken'}>
            <Icon name={known.intact ? 'done' : 'urgent'} />
            {t(known.intact ? 'log.intact' : 'log.broken')}
          </p>
          <div class="scrolls" role="region" aria-label={t('log.title')} tabIndex={0}>
            <table>
              <thead>
                <tr>
                  {(['seq', 'hour', 'actor', 'verb', 'subject', 'outcome'] as const).map((name) => (
                    <th key={name} scope="col">
                      {t(`log.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {known.lines.map(({ seq, hour, actor, verb, subject, outcome }) => (
                  <tr key={seq}>
                    <td>{seq}</td>
                    <td>
                      <bdi>{hour}</bdi>
                    </td>
                    <td>
                      <bdi>{actor}</bdi>
                    </td>
                    <td>
                      <bdi>{named('did', verb)}</bdi>
                    </td>
                    <td>
                      <bdi>{subject}</bdi>
                    </td>
                    <td>
                      <bdi>{named('became', outcome)}</bdi>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {!atStart.value && (
            <button type="button" onClick={() => void more()}>
              {t('log.earlier')}
            </button>
          )}
        </>
      )}
    </main>
  )
}
