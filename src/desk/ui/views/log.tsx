import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type AuditAnswer, ROLES } from '../../wire.ts'
import { type Failure, get } from '../server/api.ts'
import { say, sayRefused } from '../state/notices.ts'
import { Asking } from '../parts/asking.tsx'
import { Heading } from '../parts/heading.tsx'
import { Icon } from '../parts/icon.tsx'
import { saveLog } from '../server/save-log.ts'
import { named, t } from '../wording.ts'

/** Who did what, to the hour; and whether a line is missing. */

export function LogView() {
  const log = useSignal<AuditAnswer | undefined>(undefined)
  const why = useSignal<Failure | undefined>(undefined)
  const atStart = useSignal(false)

  async function more(): Promise<void> {
    const known = log.value
    const oldest = known?.lines.at(-1)?.seq
    const answer = await get<AuditAnswer>('audit', oldest === undefined ? {} : { before: String(oldest) })
    why.value = answer.ok ? undefined : answer.why
    if (!answer.ok) return
    const { lines, intact, first } = answer.value
    atStart.value = lines.length === 0 || (lines.at(-1)?.seq ?? 0) <= first
    log.value = {
      lines: [...(known?.lines ?? []), ...lines],
      intact: intact && (known?.intact ?? true),
      first,
    }
  }
  useEffect(() => void more(), [])

  async function save(): Promise<void> {
    const refused = await saveLog()
    if (refused === undefined) say(t('log.exported'))
    else if (refused !== 'again') sayRefused(refused)
  }

  const known = log.value
  const newest = known?.lines[0]
  return (
    <main class="page wide" id="main">
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
          {newest !== undefined && (
            <div class="sheet">
              <p>
                {t('log.newest', { seq: newest.seq })}{' '}
                <code class="once" dir="ltr">
                  {newest.seal}
                </code>
              </p>
              <p class="quiet small">{t('log.newestHint')}</p>
              <button type="button" class="start" onClick={() => void save()}>
                <Icon name="save" />
                {t('log.export')}
              </button>
              <p class="quiet small">{t('log.exportHint')}</p>
            </div>
          )}
          {known.first > 1 && <p class="quiet">{t('log.first', { seq: known.first })}</p>}
          <div class="scrolls" role="region" aria-label={t('log.title')} tabIndex={0}>
            <table>
              <thead>
                <tr>
                  {(['seq', 'hour', 'actor', 'verb', 'subject', 'outcome', 'seal'] as const).map((name) => (
                    <th key={name} scope="col">
                      {t(`log.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {known.lines.map(({ seq, hour, actor, verb, subject, outcome, seal }) => (
                  <tr key={seq}>
                    <td>{seq}</td>
                    <td>
                      <bdi>{hour}</bdi>
                    </td>
                    <td>
                      <bdi>{named('by', actor)}</bdi>
                    </td>
                    <td>
                      <bdi>{named('did', verb)}</bdi>
                    </td>
                    <td>
                      <bdi>{subject}</bdi>
                    </td>
                    <td>
                      <bdi>{named(ROLES.some((role) => role === outcome) ? 'role' : 'became', outcome)}</bdi>
                    </td>
                    <td>
                      <code class="seal-of" dir="ltr">
                        {seal}
                      </code>
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
