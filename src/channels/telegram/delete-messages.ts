import type { Clock } from '../../operations/environment.ts'
import type { Sensitive } from '../../privacy/sensitive.ts'
import type { Answer } from './answer.ts'
import type { BotApi } from './bot-api.ts'
import { chatId } from './send-message.ts'
import type { Wait } from './wait.ts'

/**
 * Takes messages of both sides out of a chat, newest first, because the newest are what the screen shows. Telegram
 * deletes what is younger than 48 h: it skips ids that it does not know, and refuses a whole batch for one message that
 * is too old; such a batch is then asked for one by one. A call is begun within 30 s of the first; what is left after
 * that stays, and the returned number says so.
 */

const BATCH = 100
const BUDGET_MS = 30_000
const PAUSE_MS = 1_000
/** Tries of one call that meets a cut line or a 5xx. */
const TRIES = 3

interface Deletion {
  api: BotApi
  clock: Clock
  wait: Wait
}

/** Resolves to how many ids were asked for and accepted; never rejects. */
export async function deleteMessages(
  { api, clock, wait }: Deletion,
  from: Sensitive<string>,
  messageIds: readonly Sensitive<string>[],
): Promise<number> {
  const chat = chatId(from)
  if (chat === undefined) return 0
  const deadline = clock.now() + BUDGET_MS
  const ids = newestFirst(messageIds)
  let accepted = 0
  for (let at = 0; at < ids.length; at += BATCH) {
    const batch = ids.slice(at, at + BATCH)
    const whole = await insist(() => api.deleteMessages(chat, batch))
    if (whole === 'stop') return accepted
    if (whole === 'done') {
      accepted += batch.length
      continue
    }
    for (const id of batch) {
      const one = await insist(() => api.deleteMessage(chat, id))
      if (one === 'stop') return accepted
      if (one === 'done') accepted += 1
    }
  }
  return accepted

  /** refused: for this batch only. stop: nothing more can be done now. */
  async function insist(call: () => Promise<Answer<unknown>>): Promise<'done' | 'refused' | 'stop'> {
    let tries = 0
    while (clock.now() < deadline) {
      const answer = await call()
      if (answer.ok) return 'done'
      const { refusal } = answer
      if (refusal.kind === 'never') return 'refused'
      tries += 1
      const patience =
        refusal.kind === 'flood'
          ? (refusal.afterMs ?? PAUSE_MS)
          : refusal.kind === 'unreachable' && tries < TRIES
            ? PAUSE_MS
            : Number.POSITIVE_INFINITY
      if (clock.now() + patience >= deadline) return 'stop'
      await wait(patience)
    }
    return 'stop'
  }
}

/** Ids of one bot grow with time, so the order of numbers is the order of the chat. */
function newestFirst(ids: readonly Sensitive<string>[]): number[] {
  const numbers = new Set<number>()
  for (const id of ids) {
    const text = id.reveal()
    if (/^[1-9]\d{0,15}$/.test(text)) numbers.add(Number(text))
  }
  return [...numbers].toSorted((a, b) => b - a)
}
