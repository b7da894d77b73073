import { z } from 'zod'

/**
 * What we read of Telegram's updates, and no more: names, usernames, phone contacts and file ids are dropped right
 * here, before anything else sees the update.
 */

const chat = z.object({ id: z.int(), type: z.string() })

const message = z
  .looseObject({
    message_id: z.int(),
    /** Unix time in seconds; 0 in a message that was deleted meanwhile. */
    date: z.int(),
    chat,
    from: z.object({ is_bot: z.boolean() }).optional(),
    text: z.string().optional(),
    location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  })
  .transform(({ message_id: id, date, chat: where, from, text, location, ...rest }) => ({
    message_id: id,
    date,
    chat: where,
    fromBot: from?.is_bot ?? false,
    text,
    location,
    /** Names of the other fields, without their values: they tell a photo from a service message. */
    fields: Object.keys(rest),
  }))

export const update = z.object({
  update_id: z.int(),
  message: message.optional(),
  edited_message: z.object({ chat }).optional(),
  callback_query: z
    .object({
      id: z.string(),
      data: z.string().optional(),
      message: z.object({ message_id: z.int(), date: z.int(), chat }).optional(),
    })
    .optional(),
  my_chat_member: z
    .object({ chat, date: z.int(), new_chat_member: z.object({ status: z.string() }) })
    .optional(),
})

/** The least that an update has; one that is not even this cannot be confirmed. */
export const numbered = z.object({ update_id: z.int() })

export type Update = z.output<typeof update>
export type UpdateMessage = z.output<typeof message>
