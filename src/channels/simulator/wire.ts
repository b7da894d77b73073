import { z } from 'zod'
import type { Message } from '../../conversation/message.ts'
import type { Instant } from '../../operations/environment.ts'

/**
 * What the simulated phone and the server say to each other. The phone names itself in the header `x-phone`, so that no
 * address stands in a URL; a tag names one message on both sides.
 */

/** `whatsapp/<22 characters>` or `telegram/<22 characters>`: also the address that the rest of the house sees. */
export const phoneName = z.string().regex(/^(?:whatsapp|telegram)\/[A-Za-z0-9_-]{22}$/u)

export const writing = z.strictObject({
  /** Made by the phone, the same for every retry: the second one with the same tag is no second event. */
  tag: z.string().regex(/^[A-Za-z0-9_-]{16,32}$/u),
  content: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('text'), text: z.string() }),
    z.strictObject({ kind: z.literal('choice'), id: z.string().max(256) }),
    z.strictObject({
      kind: z.literal('place'),
      lat: z.number().min(-90).max(90),
      lon: z.number().min(-180).max(180),
    }),
    z.strictObject({ kind: z.literal('unsupported') }),
    z.strictObject({ kind: z.literal('blocked') }),
    z.strictObject({ kind: z.literal('unblocked') }),
  ]),
})
export type Writing = z.infer<typeof writing>

/** Answer to a `Writing` that was taken. */
export interface Taken {
  at: Instant
}

export type PhoneEvent =
  | { kind: 'message'; tag: string; at: Instant; message: Message }
  | { kind: 'forgotten'; tags: readonly string[]; at: Instant }

/** What the drawer shows: the record as the server keeps it, its sealed bytes in hex. */
export interface KeptShown {
  state: string
  context: Record<string, unknown>
  stored: readonly string[]
  outboxWaiting: number
  revision: number
}

export interface KeptAnswer {
  at: Instant
  /** null: the server keeps nothing of this phone. */
  kept: KeptShown | null
}

export interface PlaceOffered {
  name: string
  lat: number
  lon: number
}

/** What the page must know before it starts; stands in an attribute of the page. */
export interface Setup {
  contactName: string
  places: readonly PlaceOffered[]
  /** There is a desk under /desk/ beside this phone. */
  desk: boolean
}
