import { type Sensitive, sensitive } from '../../privacy/sensitive.ts'
import type { ReadVoice, SendOutcome } from '../channel.ts'
import type { BotApi } from './bot-api.ts'
import { chatId, outcomeOf } from './send-message.ts'

/**
 * Sends a page as somebody read it aloud. Telegram keeps what was uploaded once and gives an id for it, which is remembered
 * for as long as the process runs: the same for everyone, it says nothing about anybody.
 */
export function createSendVoice(api: BotApi, read: ReadVoice) {
  const uploaded = new Map<string, string>()
  return async (to: Sensitive<string>, voice: string): Promise<SendOutcome> => {
    const chat = chatId(to)
    const known = uploaded.get(voice)
    const sound = known ?? read(voice)
    if (chat === undefined || sound === undefined) return { kind: 'refused' }
    const answer = await api.sendVoice(chat, sound)
    if (!answer.ok) {
      // The id may have gone stale: the next time the recording itself is sent.
      uploaded.delete(voice)
      const outcome = outcomeOf(answer.refusal)
      return known !== undefined && outcome.kind === 'refused' ? { kind: 'later' } : outcome
    }
    const { message, file } = answer.result
    if (file !== undefined) uploaded.set(voice, file)
    return message === undefined ? { kind: 'sent' } : { kind: 'sent', messageId: sensitive(String(message)) }
  }
}
