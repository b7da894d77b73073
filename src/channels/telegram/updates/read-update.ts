import type { Instant } from '../../../operations/environment.ts'
import { type Sensitive, sensitive } from '../../../privacy/sensitive.ts'
import type { Inbound, InboundContent } from '../../channel.ts'
import { readText } from './read-text.ts'
import type { Update, UpdateMessage } from './update.ts'

/**
 * Turns one update into what it means to us. Only a private chat with a person becomes an event; groups and channels
 * never do, and the bot leaves them.
 *
 * An edited message is no event. Telegram also sends one when nobody touched anything (a live location moves, a
 * preview resolves), and a reply to that could light up the phone after an exit. Its message id is the one that came with the
 * first version and is kept with it, so an edited message is deleted like every other.
 */
export interface Reading {
  inbound?: Inbound
  /** Id of the pressed button's query, to be answered whatever else happens. */
  pressed?: Sensitive<string>
  /** A group or channel that the bot was put into. */
  leave?: number
}

export function readUpdate(update: Update, now: Instant): Reading {
  if (update.message !== undefined) return readMessage(update.message, update.update_id)
  if (update.callback_query !== undefined) return readPress(update.callback_query, update.update_id, now)
  if (update.my_chat_member !== undefined) return readMembership(update.my_chat_member, update.update_id)
  return {}
}

/** Updates of one chat are handled in order; 0 for those that belong to none. */
export function chatOf(update: Update): number {
  const holder =
    update.message ?? update.edited_message ?? update.callback_query?.message ?? update.my_chat_member
  return holder?.chat.id ?? 0
}

function readMessage(message: UpdateMessage, updateId: number): Reading {
  if (message.chat.type !== 'private') return { leave: message.chat.id }
  const content = message.fromBot ? undefined : contentOf(message)
  if (content === undefined) return {}
  return {
    inbound: {
      ...origin(message.chat.id, updateId),
      messageId: sensitive(String(message.message_id)),
      at: message.date * 1000,
      content,
    },
  }
}

function contentOf({ text, location, fields }: UpdateMessage): InboundContent | undefined {
  if (text !== undefined) return { kind: 'text', text: sensitive(readText(text)) }
  if (location !== undefined) {
    return { kind: 'place', place: { lat: coarse(location.latitude), lon: coarse(location.longitude) } }
  }
  return fields.some((field) => SERVICE.has(field)) ? undefined : { kind: 'unsupported' }
}

/** About 1 km: the exact place is never needed, so it goes no further. */
function coarse(degrees: number): number {
  return Math.round(degrees * 100) / 100
}

/**
 * The message under the button is the bot's own. Its id comes along all the same: should the process have died between
 * sending it and noting its id, it can be deleted after all. Telegram does not say when a button was pressed, but it
 * drops a press that nobody fetched for 150 s, so now is near enough.
 */
function readPress(query: NonNullable<Update['callback_query']>, updateId: number, now: Instant): Reading {
  const pressed = sensitive(query.id)
  const { message, data } = query
  if (message === undefined || message.chat.type !== 'private' || data === undefined) return { pressed }
  return {
    pressed,
    inbound: {
      ...origin(message.chat.id, updateId),
      ...(message.date === 0 ? {} : { messageId: sensitive(String(message.message_id)) }),
      at: now,
      content: { kind: 'choice', id: data },
    },
  }
}

function readMembership(change: NonNullable<Update['my_chat_member']>, updateId: number): Reading {
  const { status } = change.new_chat_member
  if (change.chat.type === 'private') {
    return status === 'kicked'
      ? {
          inbound: {
            ...origin(change.chat.id, updateId),
            at: change.date * 1000,
            content: { kind: 'blocked' },
          },
        }
      : {}
  }
  return status === 'left' || status === 'kicked' ? {} : { leave: change.chat.id }
}

function origin(chat: number, updateId: number) {
  return {
    channel: 'telegram',
    look: 'telegram',
    address: sensitive(String(chat)),
    eventId: sensitive(String(updateId)),
  } as const
}

/** Fields of messages that no person wrote: the client tells the chat that something was set, shared or paid. */
const SERVICE = new Set([
  'boost_added',
  'chat_background_set',
  'chat_owner_changed',
  'chat_owner_left',
  'chat_shared',
  'checklist_tasks_added',
  'checklist_tasks_done',
  'community_chat_added',
  'community_chat_joined',
  'community_chat_removed',
  'connected_website',
  'direct_message_price_changed',
  'forum_topic_closed',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'gift',
  'gift_upgrade_sent',
  'giveaway_completed',
  'giveaway_created',
  'managed_bot_created',
  'message_auto_delete_timer_changed',
  'paid_message_price_changed',
  'passport_data',
  'pinned_message',
  'poll_option_added',
  'poll_option_deleted',
  'proximity_alert_triggered',
  'refunded_payment',
  'successful_payment',
  'unique_gift',
  'users_shared',
  'video_chat_ended',
  'video_chat_participants_invited',
  'video_chat_scheduled',
  'video_chat_started',
  'web_app_data',
  'write_access_allowed',
])
