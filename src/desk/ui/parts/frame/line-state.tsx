import { line, unsent } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { Icon } from '../icon.tsx'

/** Says that the line is weak, and that nothing typed is lost. */

export function LineState() {
  const { value } = line
  const waiting = unsent.value.filter(({ refused }) => refused === undefined).length
  return (
    <div role="status">
      {value !== 'on' && (
        <p class="line-state">
          <Icon name="waiting" />
          <span>
            {t(value === 'offline' ? 'line.offline' : 'line.reconnecting')}{' '}
            {t(waiting === 0 ? 'line.kept' : 'line.waiting', { n: waiting })}
          </span>
        </p>
      )}
    </div>
  )
}
