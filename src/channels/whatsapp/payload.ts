import { z } from 'zod'

/**
 * What we read of Meta's webhook calls, in Meta's own words, and no more: profile names, usernames, captions, contact
 * cards, file ids and Meta's sentences about errors are dropped right here, before anything else sees them. A field of
 * the wrong kind counts as absent, because a message with one strange field is still a message; lists are taken apart
 * item by item by the readers, so that a bad one never costs its neighbours.
 */

const list = z.array(z.unknown()).catch([])
/** Ids and times come as text; a number that stands for one is taken too. */
const word = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined)
const text = z.string().optional().catch(undefined)

export const call = z.object({ entry: z.array(z.unknown()) })
export const entry = z.object({ changes: list })
export const change = z.object({
  field: text,
  value: z.object({
    metadata: z.object({ phone_number_id: word }).optional().catch(undefined),
    contacts: list,
    messages: list,
    statuses: list,
    errors: list,
  }),
})

export const contact = z.object({ wa_id: word, user_id: word })

const reply = z.object({ id: text }).optional().catch(undefined)

export const message = z.object({
  id: z.string().min(1),
  from: word,
  from_user_id: word,
  group_id: word,
  timestamp: word,
  type: text,
  text: z.object({ body: text }).optional().catch(undefined),
  interactive: z.object({ type: text, button_reply: reply, list_reply: reply }).optional().catch(undefined),
  button: z.object({ payload: text, text }).optional().catch(undefined),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional().catch(undefined),
  unsupported: z.object({ type: text }).optional().catch(undefined),
  system: z
    .object({
      type: text,
      wa_id: word,
      new_wa_id: word,
      customer: word,
      user_id: word,
      previous_user_id: word,
    })
    .optional()
    .catch(undefined),
})

export const status = z.object({
  id: z.string().min(1),
  status: z.string(),
  errors: z.array(z.object({ code: z.number() }).catch({ code: Number.NaN })).catch([]),
})

export type Value = z.output<typeof change>['value']
export type Contact = z.output<typeof contact>
export type WhatsappMessage = z.output<typeof message>
export type Status = z.output<typeof status>
