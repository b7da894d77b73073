import type { Conversation } from '../conversation/conversation.ts'
import type { Log } from '../operations/log.ts'
import type { Key, Vault } from '../privacy/vault.ts'
import type { Conversations, Stored } from '../storage/conversations.ts'
import type { Ids } from './names.ts'
import { openConversation } from './records.ts'

/** Finds what is kept of a person, under any of her names, and opens it. */
export interface Known {
  stored: Stored
  key: Key
  conversation: Conversation
}

export interface Finding {
  /** A row that cannot be opened is nobody's: it is removed, and the person begins anew. */
  find(ids: Ids): Promise<Known | undefined>
  hasCase(stored: Stored): Promise<boolean>
}

interface Parts {
  conversations: Pick<Conversations, 'load'>
  vault: Pick<Vault, 'open'>
  log: Log
  remove(stored: Stored): Promise<void>
}

export function createFinding({ conversations, vault, log, remove }: Parts): Finding {
  async function opened(stored: Stored): Promise<Known | undefined> {
    const key = await vault.open(stored.keyId).catch(undefinedIfDamaged)
    const conversation = key === undefined ? undefined : openConversation(key, stored)
    return key === undefined || conversation === undefined ? undefined : { stored, key, conversation }
  }

  return {
    async find(ids) {
      for (const id of ids) {
        const stored = await conversations.load(id)
        if (stored === undefined) continue
        const known = await opened(stored)
        if (known !== undefined) return known
        log.event('turn.unreadable')
        await remove(stored)
      }
      return undefined
    },
    hasCase: async (stored) => {
      const known = await opened(stored)
      return known !== undefined && known.conversation.context.case !== ''
    },
  }
}

/** A key that is damaged opens nothing any more; every other trouble may pass, and the platform asks again. */
function undefinedIfDamaged(error: unknown): undefined {
  if (error instanceof Error && error.name === 'FileRefused') return undefined
  throw error
}
