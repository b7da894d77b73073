import type { Look } from '../../../flows/context.ts'
import type { Place } from '../../../flows/facts.ts'
import type { InboundContent } from '../../channels/channel.ts'
import type { Conversation } from '../../conversation/conversation.ts'
import type { Engine, Moment, Step } from '../../conversation/engine.ts'
import type { Message } from '../../conversation/message.ts'
import type { Random } from '../../operations/environment.ts'
import { sensitive } from '../../privacy/sensitive.ts'
import { firstContact } from '../../turns/heard/first-contact.ts'
import { hear } from '../../turns/heard/happening.ts'

/**
 * A phone without a platform: one person, one chat, held by the real engine through the same reading of messages as the
 * service's. It keeps what a platform keeps, so that it can say how many messages exit and wipe take away.
 */
export type Given =
  | { kind: 'text'; text: string }
  | { kind: 'choice'; id: string }
  | { kind: 'place'; place: Place }
  | { kind: 'photo' }

export interface Screen {
  /** Key of the page, 'cover.line' while the bot looks ordinary, '' when nothing is shown. */
  page: string
  message: Message | undefined
  /** Messages of both sides that were taken out of the chat by this turn. */
  deleted: number
}

export interface PhoneParts {
  engine: Engine
  entrance: 'open' | 'covered'
  look: Look
  random: Random
  /** After so long without a message the conversation is erased, as the service's sweep does. */
  idleMs: number
  moment(): Moment
}

export interface Phone {
  give(given: Given): Promise<Screen>
}

/** Telegram lets a bot delete what is younger than this. */
const DELETABLE_MS = 48 * 3_600_000

export function createPhone({ engine, entrance, look, random, idleMs, moment }: PhoneParts): Phone {
  let conversation: Conversation | undefined
  let lastTurn = 0
  /** When each message of the chat that the bot knows of was written. */
  let written: number[] = []

  function eraseIdle(now: number): void {
    if (now - lastTurn > idleMs) {
      conversation = undefined
      written = []
    }
    lastTurn = now
  }

  function deleteChat(now: number): number {
    const deleted = written.filter((at) => now - at < DELETABLE_MS).length
    written = []
    return deleted
  }

  function show(
    { page, message }: Pick<Step, 'message'> & { page: string },
    now: number,
    deleted = 0,
  ): Screen {
    if (message !== undefined && look === 'telegram' && conversation !== undefined) written.push(now)
    return { page, message, deleted }
  }

  function taken(step: Step, now: number): Screen {
    const kinds = step.effects.map(({ kind }) => kind)
    if (kinds.includes('wipe')) {
      const deleted = deleteChat(now)
      const language = entrance === 'covered' ? engine.firstLanguage : step.conversation.context.language
      conversation = undefined
      return show({ page: 'cover.line', message: engine.coverLine(language, now) }, now, deleted)
    }
    conversation = step.conversation
    const deleted = kinds.includes('leave') ? deleteChat(now) : 0
    return show({ page: step.page ?? '', message: step.message }, now, deleted)
  }

  return {
    async give(given) {
      const content = contentOf(given)
      const now = moment()
      eraseIdle(now.now)
      if (conversation === undefined) {
        const first = firstContact(engine, entrance, content, look, now)
        if (first.kind === 'nothing') return show({ page: '', message: undefined }, now.now)
        if (first.kind === 'coverLine')
          return show(
            { page: 'cover.line', message: engine.coverLine(engine.firstLanguage, now.now) },
            now.now,
          )
        if (isMessage(given, look)) written.push(now.now)
        return taken(engine.step(first.conversation, first.happening, now), now.now)
      }
      if (isMessage(given, look)) written.push(now.now)
      const heard = await hear(engine, random, content, conversation, now)
      return taken(engine.step(heard.conversation, heard.happening, now), now.now)
    },
  }
}

/** A pressed button is no message of its own on Telegram; on WhatsApp nothing can be deleted, so nothing is noted. */
function isMessage({ kind }: Given, look: Look): boolean {
  return look === 'telegram' && kind !== 'choice'
}

function contentOf(given: Given): InboundContent {
  switch (given.kind) {
    case 'text':
      return { kind: 'text', text: sensitive(given.text) }
    case 'choice':
      return { kind: 'choice', id: given.id }
    case 'place':
      return { kind: 'place', place: given.place }
    case 'photo':
      return { kind: 'unsupported' }
  }
}
