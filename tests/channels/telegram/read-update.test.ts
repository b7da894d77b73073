import { assert, constantFrom, jsonValue, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import type { Inbound } from '../../../src/channels/channel.ts'
import { readText } from '../../../src/channels/telegram/updates/read-text.ts'
import { readUpdate } from '../../../src/channels/telegram/updates/read-update.ts'
import { update } from '../../../src/channels/telegram/updates/update.ts'
import { told } from './start-bot.ts'

const NOW = Date.UTC(2026, 2, 1, 12)
const her = { id: 7, type: 'private', first_name: 'x' }
const message = {
  message_id: 11,
  date: 1_772_000_000,
  chat: her,
  from: { id: 7, is_bot: false, first_name: 'x' },
}

function read(content: object) {
  return readUpdate(update.parse({ update_id: 99, ...content }), NOW)
}

function inboundOf(content: object): Inbound | undefined {
  return read(content).inbound
}

test('a text carries its ids in sensitive values and the time at which Telegram took it', () => {
  const inbound = inboundOf({ message: { ...message, text: 'I need a doctor' } })
  expect(inbound && told(inbound)).toBe('7 text I need a doctor')
  expect(inbound?.messageId?.reveal()).toBe('11')
  expect(inbound?.eventId.reveal()).toBe('99')
  expect(inbound).toMatchObject({ channel: 'telegram', look: 'telegram', at: 1_772_000_000_000 })
  expect(JSON.stringify(inbound)).not.toMatch(/doctor|"7"|"11"/)
})

test.each([
  ['/start', 'hello'],
  ['/start ref_poster_3', 'hello'],
  ['/START@word_of_the_day_bot', 'hello'],
  ['/exit', 'exit'],
  ['/erase@word_of_the_day_bot', 'erase'],
  ['/menu', 'menu'],
  ['/help me now', 'help me now'],
  ['/language', 'language'],
  ['/come_back', 'come back'],
  ['/', '/'],
  ['/ exit', '/ exit'],
  ['exit /now', 'exit /now'],
  ['1/2', '1/2'],
])('%j is read as %j', (text, meant) => {
  expect(readText(text)).toBe(meant)
})

test('a place is rounded to about a kilometre before anything else sees it', () => {
  const location = { latitude: 12.345678, longitude: -98.765432 }
  expect(inboundOf({ message: { ...message, location } })?.content).toEqual({
    kind: 'place',
    place: { lat: 12.35, lon: -98.77 },
  })
  expect(inboundOf({ message: { ...message, location, venue: { title: 'x' } } })?.content.kind).toBe('place')
})

test.each([
  'photo',
  'voice',
  'video',
  'video_note',
  'sticker',
  'document',
  'contact',
  'poll',
  'audio',
  'dice',
  'story',
  'a_kind_of_the_future',
])('a %s is unsupported and still deletable', (field) => {
  const inbound = inboundOf({ message: { ...message, [field]: { file_id: 'x' } } })
  expect(inbound?.content).toEqual({ kind: 'unsupported' })
  expect(inbound?.messageId?.reveal()).toBe('11')
})

test.each([
  'message_auto_delete_timer_changed',
  'pinned_message',
  'write_access_allowed',
  'chat_background_set',
])('a service message (%s) is no event: nobody wrote it', (field) => {
  expect(read({ message: { ...message, [field]: {} } })).toEqual({})
})

test('an edit is no event, nor is another bot', () => {
  expect(read({ edited_message: { ...message, text: 'exit', edit_date: 1 } })).toEqual({})
  expect(
    read({ message: { ...message, from: { id: 8, is_bot: true, first_name: 'x' }, text: 'hi' } }),
  ).toEqual({})
})

test('a press is a choice and must be answered, also when its message is gone or was never ours', () => {
  const press = { id: 'q1', from: message.from, chat_instance: '1', data: 'health.yes' }
  const fresh = read({ callback_query: { ...press, message } })
  expect(fresh.inbound?.content).toEqual({ kind: 'choice', id: 'health.yes' })
  expect(fresh.inbound?.messageId?.reveal()).toBe('11')
  expect(fresh.inbound?.at).toBe(NOW)
  expect(fresh.pressed?.reveal()).toBe('q1')

  const gone = read({ callback_query: { ...press, message: { message_id: 11, date: 0, chat: her } } })
  expect(gone.inbound?.content).toEqual({ kind: 'choice', id: 'health.yes' })
  expect(gone.inbound?.messageId).toBeUndefined()

  const inline = read({ callback_query: { ...press, inline_message_id: 'x' } })
  expect(inline.inbound).toBeUndefined()
  expect(inline.pressed?.reveal()).toBe('q1')
})

test('blocking is an event, unblocking is none', () => {
  const change = { chat: her, from: message.from, date: 1_772_000_000, old_chat_member: {} }
  expect(
    inboundOf({ my_chat_member: { ...change, new_chat_member: { status: 'kicked' } } })?.content,
  ).toEqual({
    kind: 'blocked',
  })
  expect(read({ my_chat_member: { ...change, new_chat_member: { status: 'member' } } })).toEqual({})
})

test.each(['group', 'supergroup', 'channel'])('a %s is never heard and is left', (type) => {
  const chat = { id: -100_7, type, title: 'x' }
  expect(read({ message: { ...message, chat, text: 'hi' } })).toEqual({ leave: -100_7 })
  const change = { chat, date: 1, new_chat_member: { status: 'administrator' } }
  expect(read({ my_chat_member: change })).toEqual({ leave: -100_7 })
  expect(read({ my_chat_member: { ...change, new_chat_member: { status: 'left' } } })).toEqual({})
})

test('whatever comes, reading does not throw', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      expect(typeof readText(text)).toBe('string')
    }),
  )
  const field = constantFrom('message', 'callback_query', 'my_chat_member', 'edited_message')
  assert(
    property(field, jsonValue(), (name, value) => {
      const parsed = update.safeParse({ update_id: 1, [name]: value })
      if (parsed.success) readUpdate(parsed.data, NOW)
    }),
  )
})
