import type { Message } from '../../../conversation/message.ts'
import type { Instant } from '../../../operations/environment.ts'
import type { PhoneEvent, Writing } from '../wire.ts'

/**
 * What one phone remembers, and how each thing that happens changes it. Pure, and apart from the server on purpose: this
 * is what stays in a person's hand when the server has erased everything.
 */

export type Content = Writing['content']

export interface Bubble {
  tag: string
  from: 'contact' | 'person'
  text: string
  sign: 'text' | 'place' | 'media'
  /** Absent while it is on its way. */
  at?: Instant
  /** Of the contact's bubbles: what can be pressed. */
  message?: Message
  refused?: true
}

/** Something that was there and is gone. */
export interface Deletion {
  what: 'messages' | 'record'
  count: number
  at: Instant
}

export interface Memory {
  /** The address, `<look>/<22 characters>`. */
  name: string
  bubbles: readonly Bubble[]
  /** Written and not yet taken by the server, in order. */
  waiting: readonly Writing[]
  /** Id of the last event that came. */
  last: string
  draft: string
  blocked: boolean
  deletions: readonly Deletion[]
}

export function emptyMemory(name: string): Memory {
  return { name, bubbles: [], waiting: [], last: '', draft: '', blocked: false, deletions: [] }
}

/** `shown` is what stands in the person's own bubble; nothing is shown where the platform shows nothing. */
export function wrote(
  memory: Memory,
  writing: Writing,
  shown: Pick<Bubble, 'text' | 'sign'> | undefined,
): Memory {
  const bubble: readonly Bubble[] =
    shown === undefined ? [] : [{ tag: writing.tag, from: 'person', ...shown }]
  return { ...memory, waiting: [...memory.waiting, writing], bubbles: [...memory.bubbles, ...bubble] }
}

export function taken(memory: Memory, tag: string, at: Instant): Memory {
  return settled(memory, tag, (bubble) => ({ ...bubble, at }))
}

export function refused(memory: Memory, tag: string): Memory {
  return settled(memory, tag, (bubble) => ({ ...bubble, refused: true }))
}

function settled(memory: Memory, tag: string, change: (bubble: Bubble) => Bubble): Memory {
  return {
    ...memory,
    waiting: memory.waiting.filter((writing) => writing.tag !== tag),
    bubbles: memory.bubbles.map((bubble) => (bubble.tag === tag ? change(bubble) : bubble)),
  }
}

/** The same event twice changes nothing; while the contact is blocked, nothing arrives. */
export function happened(memory: Memory, id: string, event: PhoneEvent): Memory {
  const noted = { ...memory, last: id }
  if (event.kind === 'forgotten') {
    const gone = new Set(event.tags)
    const bubbles = memory.bubbles.filter(({ tag }) => !gone.has(tag))
    const count = memory.bubbles.length - bubbles.length
    return count === 0 ? noted : erased({ ...noted, bubbles }, { what: 'messages', count, at: event.at })
  }
  if (memory.blocked || memory.bubbles.some(({ tag }) => tag === event.tag)) return noted
  const { tag, at, message } = event
  return {
    ...noted,
    bubbles: [...memory.bubbles, { tag, at, message, from: 'contact', sign: 'text', text: message.text }],
  }
}

export function erased(memory: Memory, deletion: Deletion): Memory {
  return { ...memory, deletions: [...memory.deletions, deletion] }
}

/** The first 60 characters of the newest message, on one line: what anybody can read on a locked screen. */
export function preview(memory: Memory): Bubble | undefined {
  const newest = memory.bubbles.findLast(({ from }) => from === 'contact')
  if (newest === undefined) return undefined
  const characters = Array.from(newest.text.replace(/\s+/gu, ' ').trim())
  const text = characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : characters.join('')
  return { ...newest, text }
}
