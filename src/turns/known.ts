import type { Conversation } from '../conversation/conversation.ts'
import type { Engine } from '../conversation/engine.ts'
import { WrittenByNewer } from '../errors.ts'
import type { Log } from '../operations/log.ts'
import type { Key, Vault } from '../privacy/vault/vault.ts'
import type { Conversations, Stored } from '../storage/conversations.ts'
import type { Ids } from './names.ts'
import { openConversation, refuseNewer } from './written/records.ts'

/** Finds what is kept of a person, under any of her names, and opens it. */
export interface Known {
  stored: Stored
  key: Key
  conversation: Conversation
}

export interface Finding {
  /**
   * A row that cannot be opened is nobody's: it is removed, and the person begins anew. Rejects with `WrittenByNewer` for one
   * that a newer Lantern can open, and leaves it.
   */
  find(ids: Ids): Promise<Known | undefined>
  /** True too where only a newer Lantern can say. */
  mayHaveCase(stored: Stored): Promise<boolean>
}

interface Parts {
  engine: Pick<Engine, 'flowVersion'>
  conversations: Pick<Conversations, 'load'>
  vault: Pick<Vault, 'open'>
  log: Log
  remove(stored: Stored): Promise<void>
}

export function createFinding({ engine, conversations, vault, log, remove }: Parts): Finding {
  async function opened(stored: Stored): Promise<Known | undefined> {
    const key = await vault.open(stored.keyId).catch(undefinedIfDamaged)
    const conversation = key === undefined ? undefined : openConversation(key, stored)
    if (key === undefined || conversation === undefined) return undefined
    return { stored, key, conversation: refuseNewer(conversation, engine.flowVersion) }
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
    async mayHaveCase(stored) {
      try {
        return ((await opened(stored))?.conversation.context.case ?? '') !== ''
      } catch (error) {
        if (error instanceof WrittenByNewer) return true
        throw error
      }
    },
  }
}

/** A key that is damaged opens nothing any more; every other trouble may pass, and the platform asks again. */
function undefinedIfDamaged(error: unknown): undefined {
  if (error instanceof Error && error.name === 'FileRefused') return undefined
  throw error
}
