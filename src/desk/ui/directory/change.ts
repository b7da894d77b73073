import type { Corrected, Done } from '../../directory-wire.ts'
import { post } from '../server/api.ts'
import { withFreshTouch } from '../server/fresh-touch.ts'
import { say, sayRefused } from '../state/notices.ts'
import { t } from '../wording.ts'
import { whyNot } from './in-words.ts'

/** What is done to the directory from here; what came of it is said in one line. */

export async function checkToday(id: string, name: string): Promise<boolean> {
  const answer = await post<Done>(`directory/services/${id}/checked`)
  if (!answer.ok) sayRefused(answer.why)
  else if (answer.value.kind === 'published') say(t('directory.checked', { name }))
  else say(whyNot(answer.value))
  return answer.ok && answer.value.kind === 'published'
}

export async function saysStopped(id: string): Promise<void> {
  const answer = await post<Corrected>(`directory/services/${id}/stopped`)
  if (!answer.ok) sayRefused(answer.why)
  else if (answer.value.kind === 'wrong') say(t('refused.invalid'))
  else if (answer.value.kind === 'proposed' || answer.value.kind === 'waits') say(t('directory.stopped'))
  else say(whyNot(answer.value))
}

/** `path` under directory/, with a fresh touch. undefined: nothing was answered, and why was said. */
export async function decide<T>(path: string, body: object): Promise<T | undefined> {
  const answer = await withFreshTouch(() => post<T>(`directory/${path}`, body))
  if (answer.ok) return answer.value
  if (answer.why !== 'again') sayRefused(answer.why)
  return undefined
}
