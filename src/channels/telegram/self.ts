import { z } from 'zod'

/** What Telegram says of the bot and of its webhook, as far as `lantern setup` and `lantern check` look at it. */

/** A bot that hears strangers in groups, or answers under their fingers in any chat, gives away who uses it. */
export const me = z
  .object({
    username: z.string().optional(),
    can_join_groups: z.boolean().optional(),
    can_read_all_group_messages: z.boolean().optional(),
    supports_inline_queries: z.boolean().optional(),
    supports_guest_queries: z.boolean().optional(),
  })
  .transform((bot) => ({
    username: bot.username,
    joinsGroups: bot.can_join_groups,
    readsGroups: bot.can_read_all_group_messages,
    inlineQueries: bot.supports_inline_queries,
    guestQueries: bot.supports_guest_queries,
  }))
/** undefined: Telegram did not say. */
export type Me = z.output<typeof me>

export const webhookInfo = z
  .object({
    url: z.string().default(''),
    pending_update_count: z.int(),
    last_error_date: z.int().optional(),
    last_error_message: z.string().optional(),
    max_connections: z.int().optional(),
    allowed_updates: z.array(z.string()).optional(),
  })
  .transform((info) => ({
    /** Empty: none is set. */
    url: info.url,
    pending: info.pending_update_count,
    /** Milliseconds since 1970. */
    lastErrorAt: info.last_error_date === undefined ? undefined : info.last_error_date * 1000,
    /** Telegram's own sentence. */
    lastError: info.last_error_message,
    maxConnections: info.max_connections,
    /** undefined: the kinds that come by default. */
    allowedUpdates: info.allowed_updates,
  }))
export type WebhookInfo = z.output<typeof webhookInfo>
