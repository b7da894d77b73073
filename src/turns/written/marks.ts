import type { Instant } from '../../operations/environment.ts'
import { MARKS_MS } from '../../privacy/retention.ts'
import type { Sensitive } from '../../privacy/sensitive.ts'
import type { Key } from '../../privacy/vault/vault.ts'
import type { Mark } from '../../storage/conversations.ts'
import { openMark } from './records.ts'

/** The ids of both sides' messages that the platform still lets us delete. */
export function deletable(marks: readonly Mark[], key: Key, now: Instant): Sensitive<string>[] {
  return marks
    .filter(({ at }) => now - at < MARKS_MS)
    .flatMap((mark) => {
      const messageId = openMark(key, mark)
      return messageId === undefined ? [] : [messageId]
    })
}
