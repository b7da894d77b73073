import { createHash } from 'node:crypto'
import type { EntryId } from '../../storage/cases.ts'
import type { ListedMessage } from './answers.ts'

/**
 * What an agent's message is to the person: her caseworker's words, in pieces that the chat takes, or nothing. Only
 * what a human wrote for her counts: no private note, activity, template, bot, campaign or automation rule, and nothing
 * that was deleted meanwhile. The text stays as it was typed; it is never read as markup.
 */
export interface Reply {
  message: number
  pieces: string[]
  /** Something was attached, or it is a form: she gets none of it. */
  hasMore: boolean
}

const OUTGOING = 1
/** The chat takes so much of a caseworker's text (LONGEST_TEXT of src/desk/wire.ts). */
export const LONGEST_PIECE = 900

/** Defaults to silence: whatever is not known to be public and human is not passed on. */
export function replyIn(message: ListedMessage): Reply | undefined {
  const { id, content, content_attributes: attributes } = message
  if (message.message_type !== OUTGOING || message.private || message.sender?.type !== 'user')
    return undefined
  if (isSet(attributes, 'deleted') || isSet(attributes, 'automation_rule_id')) return undefined
  const isText = (message.content_type ?? 'text') === 'text'
  return {
    message: id,
    pieces: isText ? piecesOf(content ?? '') : [],
    hasMore: !isText || (message.attachments?.length ?? 0) > 0,
  }
}

/** The same piece of the same message has the same id for ever. */
export function entryIdFor(what: 'piece' | 'more', account: number, message: number, at = 0): EntryId {
  return hashed(`chatwoot/${account}/message/${message}/${what}/${at}`)
}

/** Said once in a case. */
export const entryIdOnce = (what: 'claimed' | 'closed' | 'ended', key: string): EntryId =>
  hashed(`chatwoot/${key}/${what}`)

/** A note about this entry. */
export const entryIdAbout = (entry: EntryId): EntryId => hashed(`chatwoot/about/${entry}`)

function hashed(text: string): EntryId {
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url') as EntryId
}

/** Cut at the last end of a line or word, and never inside of a character that is seen as one. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let rest = text.toWellFormed().trim()
  while (rest.length > LONGEST_PIECE) {
    const end = endOf(rest)
    pieces.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return rest === '' ? pieces : [...pieces, rest]
}

function endOf(rest: string): number {
  const head = rest.slice(0, LONGEST_PIECE + 1)
  for (const gap of [/\n\s*\n/gu, /\n/gu, /\s/gu]) {
    const last = Array.from(head.matchAll(gap)).at(-1)?.index ?? 0
    if (last > LONGEST_PIECE / 2) return last
  }
  let end = 0
  for (const { index, segment } of graphemes.segment(rest.slice(0, LONGEST_PIECE + LONGEST_CHARACTER))) {
    if (index + segment.length > LONGEST_PIECE) break
    end = index + segment.length
  }
  return end > 0 ? end : LONGEST_PIECE
}

/** A character that is seen as one may be made of many; of this many units it is nobody's writing. */
const LONGEST_CHARACTER = 200
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

function isSet(attributes: ListedMessage['content_attributes'], key: string): boolean {
  const value = attributes?.[key]
  return value !== undefined && value !== null && value !== false
}
