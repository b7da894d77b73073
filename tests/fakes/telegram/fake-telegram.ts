import type { Clock } from '../../../src/operations/environment.ts'
import type { Payload } from './api-result.ts'
import { createCalls } from './calls.ts'
import { BOT, type Chat, chatOf, createChats, messageOf, type Posted, userOf } from './chats.ts'
import { type Chaos, createDeliveries, type Post } from './deliveries.ts'
import { type Call, type Fault, serve } from './serve.ts'
import { createUpdates } from './updates.ts'

/**
 * A Bot API server on a loopback port, as strict as the original or stricter, with people at the other end.
 *
 * Strict: unknown methods, unknown fields and wrong types are refused; text, keyboards, callback data, ids, commands
 * and webhooks obey the published limits; messages are deletable for 48 h of the given clock, a batch with one older
 * message is refused whole; button presses live 150 s, other updates 24 h; a second poll ends the first; a webhook gets
 * the updates of one chat one after another, each until it was answered 2xx, and polls are refused meanwhile.
 * Not played (and refused, so that nobody relies on it): markup in text, reply keyboards, media from the bot other than voice messages. The limits on calls per second are unpublished: ask for a 429 with `fail`.
 *
 *     const fake = await startFakeTelegram({ clock })
 *     fake.personWrites(7, 'hello')
 *     await fake.idle()             // fetched or delivered, handled and confirmed
 *     fake.chat(7)                  // what stands on her screen now
 *     fake.fail('sendMessage', { kind: 'flood', seconds: 40 })
 *     await fake.stop()
 */
export interface FakeTelegram {
  apiRoot: string
  token: string

  /** Each returns the id of her new message. She opens the chat by it. */
  personWrites(person: number, text: string): number
  personShares(person: number, place: { latitude: number; longitude: number }): number
  /** Anything else, by the field that Telegram would set: `personSends(7, 'voice', {...})`. */
  personSends(person: number, field: string, value: unknown): number
  /** Presses the newest visible button of this label. Returns the press's id, for `pressWasAnswered`. */
  personPresses(person: number, label: string): string
  /** A press that reaches the bot after the message under the button was deleted. */
  personPressesDeleted(person: number, data: string): string
  pressWasAnswered(press: string): boolean
  personEdits(person: number, messageId: number, text: string): void
  personBlocks(person: number): void
  personUnblocks(person: number): void
  personDeletesAccount(person: number): void
  /** Both sides of a private chat as it stands on her screen, oldest first. */
  chat(person: number): readonly Posted[]

  /** The bot is put into a group or channel. */
  botJoins(group: number, type: Exclude<Chat['type'], 'private'>): void
  groupWrites(group: number, text: string): void
  botIsIn(group: number): boolean

  /** Queues an update as it is, however wrong it may be. */
  pushUpdate(update: Payload): void
  /** The next `times` calls of the method ('*': of any) go wrong. Faults of one method happen in the order given. */
  fail(method: string, fault: Fault, times?: number): void
  /** Heals everything that `fail` ordered and that has not happened yet. */
  heal(): void
  revokeToken(): void
  /** The ids of recordings that were given out mean nothing any more. */
  forgetRecordings(): void
  /**
   * As the bot's own call, for the moment when the server comes back on another port: kinds of updates and connections
   * stay as they are. '' removes it. Nothing but `http://127.0.0.1` is ever delivered to.
   */
  setWebhook(url: string, secret?: string): void
  webhookUrl(): string
  /** Deliveries that were answered or cut, oldest first. */
  posts: readonly Post[]
  /** What can go wrong with deliveries. */
  chaos: Chaos

  /** Every call that carried the right token, oldest first. */
  calls: readonly Call[]
  callsOf(method: string): readonly Call[]
  /** Sentences with which calls were refused by the rules above (not by `fail`): mostly to be empty. */
  refusals(): readonly string[]
  pending(): readonly Payload[]
  /** Resolves once the check holds; it is looked at after every call. */
  until(check: () => boolean): Promise<void>
  /** Resolves once every update is confirmed and the bot is polling again, or was taken by the webhook. */
  idle(): Promise<void>
  stop(): Promise<void>
}

export async function startFakeTelegram({
  clock,
  lastMessage,
}: {
  clock: Clock
  /** The id that was given last before this fake began. */
  lastMessage?: number
}): Promise<FakeTelegram> {
  const token = '900001:AAF-token_of_the_fake_0123456789abcdef'
  let honoured: string = token
  const chats = createChats(clock, lastMessage)
  const deliveries = createDeliveries(
    () => updates,
    () => look(),
  )
  const updates = createUpdates(clock, { queued: deliveries.look, moved: deliveries.moved })
  const api = createCalls(clock, chats, updates)
  const calls: Call[] = []
  let faults: { method: string; fault: Fault }[] = []
  let watchers: { check: () => boolean; resolve: () => void }[] = []

  function look() {
    const due = watchers.filter(({ check }) => check())
    watchers = watchers.filter((watcher) => !due.includes(watcher))
    for (const { resolve } of due) resolve()
  }

  const server = await serve({
    token: () => honoured,
    fault(method) {
      const next = faults.find((one) => one.method === method || one.method === '*')
      faults = faults.filter((one) => one !== next)
      return next?.fault
    },
    handle: (method, payload, gone) => api.handle(method, payload, gone),
    began(call) {
      calls.push(call)
      look()
    },
    ended: look,
  })

  const seconds = () => Math.floor(clock.now() / 1000)

  /** A private chat in which she may act now. */
  function actor(person: number): Chat {
    const chat = chats.person(person)
    if (chat.blocked || chat.deactivated)
      throw new Error('A person who blocked the bot or is gone cannot do that')
    return chat
  }

  function receive(chat: Chat, text: string | undefined, extra: Payload = {}): number {
    chat.open = true
    const posted = chats.post(chat, { from: 'person', text, buttons: [] })
    updates.push('message', { ...messageOf(chat, posted), ...extra })
    return posted.id
  }

  function press(chat: Chat, data: string, message: Payload): string {
    const id = api.pressed()
    updates.push('callback_query', { id, from: userOf(chat.id), message, chat_instance: '1', data })
    return id
  }

  function membership(chat: Chat, before: string, after: string) {
    updates.push('my_chat_member', {
      chat: chatOf(chat),
      from: userOf(chat.id),
      date: seconds(),
      old_chat_member: member(before),
      new_chat_member: member(after),
    })
  }

  const visible = (person: number) =>
    [...(chats.find(person)?.posted.values() ?? [])].toSorted((a, b) => a.id - b.id)

  const until = (check: () => boolean) =>
    new Promise<void>((resolve) => {
      watchers.push({ check, resolve })
      look()
    })

  return {
    apiRoot: server.apiRoot,
    token,
    personWrites: (person, text) => {
      const [command] = /^\/\w+(@\w+)?/.exec(text) ?? []
      const entities = [{ type: 'bot_command', offset: 0, length: command?.length ?? 0 }]
      return receive(actor(person), text, command === undefined ? {} : { entities })
    },
    personShares: (person, place) => receive(actor(person), undefined, { location: place }),
    personSends: (person, field, value) => receive(actor(person), undefined, { [field]: value }),
    personPresses(person, label) {
      for (const message of visible(person).toReversed()) {
        const button = message.buttons.flat().find((one) => one.text === label)
        const chat = actor(person)
        if (button !== undefined) return press(chat, button.callback_data, messageOf(chat, message))
      }
      throw new Error('No such button stands in the chat')
    },
    personPressesDeleted(person, data) {
      const chat = actor(person)
      return press(chat, data, { chat: chatOf(chat), message_id: 1, date: 0 })
    },
    pressWasAnswered: (id) => api.answered(id),
    personEdits(person, messageId, text) {
      const chat = actor(person)
      const posted = chat.posted.get(messageId)
      if (posted?.from !== 'person') throw new Error('She can edit only what she wrote and what still stands')
      posted.text = text
      updates.push('edited_message', { ...messageOf(chat, posted), edit_date: seconds() })
    },
    personBlocks(person) {
      const chat = actor(person)
      chat.blocked = true
      membership(chat, 'member', 'kicked')
    },
    personUnblocks(person) {
      const chat = chats.person(person)
      chat.blocked = false
      membership(chat, 'kicked', 'member')
    },
    personDeletesAccount(person) {
      chats.person(person).deactivated = true
    },
    chat: visible,
    botJoins(group, type) {
      const chat = chats.group(group, type)
      chat.open = true
      membership(chat, 'left', type === 'channel' ? 'administrator' : 'member')
    },
    groupWrites(group, text) {
      const chat = chats.find(group)
      if (chat === undefined || !chat.open) throw new Error('The bot is not in that group')
      receive(chat, text)
    },
    botIsIn: (group) => chats.find(group)?.open ?? false,
    pushUpdate: (update) => updates.pushRaw(update),
    fail(method, fault, times = 1) {
      for (let n = 0; n < times; n += 1) faults.push({ method, fault })
    },
    heal() {
      faults = []
    },
    forgetRecordings: () => api.forgetRecordings(),
    revokeToken() {
      honoured = 'revoked'
    },
    setWebhook(url, secret) {
      updates.setWebhook({
        url,
        ...(secret === undefined ? {} : { secret }),
        maxConnections: updates.webhook().maxConnections,
      })
    },
    webhookUrl: () => updates.webhook().url,
    posts: deliveries.posts,
    chaos: deliveries.chaos,
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method),
    refusals: () =>
      calls.flatMap(({ result }) =>
        result === undefined || result.ok || result.error_code === 409 ? [] : [result.description],
      ),
    pending: () => updates.pending(),
    until,
    idle: () =>
      until(
        () =>
          updates.pending().length === 0 &&
          (updates.webhook().url === '' ? updates.polling() : deliveries.open() === 0),
      ),
    async stop() {
      await deliveries.stop()
      await server.stop()
    },
  }
}

function member(status: string): Payload {
  return { status, user: BOT, ...(status === 'kicked' ? { until_date: 0 } : {}) }
}
