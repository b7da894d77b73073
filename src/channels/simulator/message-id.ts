import type { Instant } from '../../operations/environment.ts'

/**
 * A message id of the simulated platform carries its own time, so that the 48 hour rule of deletion holds after the
 * server was killed and the simulated platform with it. Its last part, the tag, is how the phone knows the message.
 */

const HOURS_48 = 48 * 60 * 60 * 1000

export function messageId(at: Instant, tag: string): string {
  return `${at.toString(36)}.${tag}`
}

/** Tags of the messages that may still be deleted, each once; whatever is not an id of ours is skipped. */
export function deletableTags(ids: readonly string[], now: Instant): string[] {
  const tags = new Set<string>()
  for (const id of ids) {
    const [time, tag] = id.split('.')
    if (time === undefined || tag === undefined || tag === '') continue
    const age = now - Number.parseInt(time, 36)
    if (age < HOURS_48) tags.add(tag)
  }
  return [...tags]
}
