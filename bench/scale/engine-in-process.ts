import { join } from 'node:path'
import { createEngine } from '../../src/conversation/create-engine.ts'
import { loadLocales } from '../../src/load-locales.ts'
import type { Key, KeyId } from '../../src/privacy/vault/vault.ts'
import { freshKey } from '../../src/privacy/vault/wrap.ts'
import type { ConversationId, Stored } from '../../src/storage/conversations.ts'
import { openConversation, sealConversation } from '../../src/turns/written/records.ts'
import { benchDirectory, MOMENT } from '../parts.ts'
import { turnsPerCoreSecond } from './in-process.ts'

/** Ours in one process as its peer is measured: ten languages, each record sealed and opened, kept in memory, what it says counted and dropped. */
const { locales } = loadLocales(join(import.meta.dirname, '../../locales'))
const engine = createEngine({
  locales,
  directory: benchDirectory(),
  entrance: 'open',
  idleHours: 24,
  caseDays: 7,
})
const kept = new Map<string, { key: Key; stored: Stored }>()

function turn(person: string, text: string): Promise<void> {
  const one = kept.get(person)
  const known = one === undefined ? undefined : openConversation(one.key, one.stored)
  if (one !== undefined && known === undefined) throw new Error('a record does not open')
  const before = known ?? engine.fresh('whatsapp')
  const heard = engine.understand(text, before, MOMENT)
  if (heard.type === 'wordGiven') throw new Error('the dialogue asks for no word of her own')
  const { conversation, message } = engine.step(before, heard, MOMENT)
  if (message === undefined) throw new Error('a turn without exactly one reply')
  const key = one?.key ?? { id: Buffer.alloc(16, 1).toString('base64url') as KeyId, secret: freshKey() }
  const revision = (one?.stored.revision ?? 0) + 1
  const id = person as ConversationId
  const sealed = sealConversation(key, id, revision, conversation)
  kept.set(person, { key, stored: { id, keyId: key.id, revision, sealed, touchedAt: MOMENT.now } })
  return Promise.resolve()
}

console.log(await turnsPerCoreSecond(turn))
