import { t } from '../wording.ts'
import type { Asked } from './asked.ts'

/** In place of what has not come yet: asking, or why not. */

export function Asking({ asked }: { asked: Asked<unknown> }) {
  if (asked.why === undefined && asked.value !== undefined) return null
  return (
    <p class="quiet pad" role="status">
      {asked.why === undefined ? t('asking') : t(`refused.${asked.why}`)}
    </p>
  )
}
