import { expect, test } from 'vitest'
import { createCalls } from './calls.ts'
import { createChats } from './chats.ts'
import { readDeclared } from './declared-types.ts'
import { COMMAND_FIELDS, PREVIEW_FIELDS, SCOPES } from './limits.ts'
import { UNPLAYED } from './methods.ts'
import { checkFields, PUBLISHED } from './published-fields.ts'
import { createUpdates } from './updates.ts'

/** Two sources that know nothing of each other, and of us, must say the same of everything that the fake plays. */

const declared = readDeclared()

/** Where Bot API 10.3 or its declarations differ from the text of 10.0; each is a field that we do not send. */
const DIFFERENCES: Readonly<Record<string, readonly string[]>> = {
  // 10.3 added the first; the second was withdrawn long ago and is kept by the declarations for old programs.
  sendMessage: ['ephemeral_message_parameters?', 'reply_to_message_id?'],
  sendVoice: ['ephemeral_message_parameters?', 'reply_to_message_id?'],
}

/** `Integer` of the reference is `number` of the declarations, and so on; names of objects stay as they are. */
function asDeclared(type: string): string {
  if (type.includes(' | ')) return type.split(' | ').map(asDeclared).join(' | ')
  if (type.startsWith('Array of ')) return `${asDeclared(type.slice('Array of '.length))}[]`
  return { Integer: 'number', String: 'string', Boolean: 'boolean' }[type] ?? type
}

/** The declarations narrow some strings to what may stand in them. */
const NARROWER: Readonly<Record<string, string>> = {
  'ReadonlyArray<Exclude<keyof Update, "update_id">>': 'string[]',
  'readonly BotCommand[]': 'BotCommand[]',
  ParseMode: 'string',
  LanguageCode: 'string',
  F: 'InputFile',
  'F | string': 'InputFile | string',
}

test.each(Object.keys(PUBLISHED))(
  '%s has the fields, types and duties that both sources give it',
  (method) => {
    const fields = Object.entries(declared.method(method) ?? { missing: method })
    const theirs = fields
      .filter(([name]) => DIFFERENCES[method]?.includes(name) !== true)
      .map(([name, type]) => `${name}: ${NARROWER[type] ?? type}`)
    const ours = Object.entries(PUBLISHED[method] ?? {}).map(
      ([name, type]) => `${name}${type.endsWith('?') ? '?' : ''}: ${asDeclared(type.replace(/\?$/, ''))}`,
    )
    expect(ours.toSorted()).toEqual(theirs.toSorted())
  },
)

test('every method that the fake plays is published, and every published one is played', () => {
  const clock = { now: () => 0 }
  const { names } = createCalls(clock, createChats(clock), createUpdates(clock))
  expect(names.toSorted()).toEqual(Object.keys(PUBLISHED).toSorted())
  for (const [method, fields] of Object.entries(UNPLAYED))
    expect(Object.keys(PUBLISHED[method] ?? {})).toEqual(expect.arrayContaining([...fields]))
})

test('the objects inside a call have the declared fields too', () => {
  const bare = (fields: object | undefined) => Object.keys(fields ?? {}).map((name) => name.replace('?', ''))
  expect([...PREVIEW_FIELDS]).toEqual(bare(declared.object('message.d.ts', 'LinkPreviewOptions')))
  expect([...COMMAND_FIELDS]).toEqual(bare(declared.object('manage.d.ts', 'BotCommand')))
  for (const [type, places] of Object.entries(SCOPES)) {
    const name = `BotCommandScope${type.replace(/(^|_)([a-z])/g, (_all, _line, letter: string) => letter.toUpperCase())}`
    expect([name, 'type', ...places]).toEqual([name, ...bare(declared.object('settings.d.ts', name))])
  }
})

test.each<[string, string, object]>([
  ['an unknown method', 'sendSmoke', {}],
  ['a name that every object has', 'constructor', {}],
  ['an unknown field', 'getMe', { id: 1 }],
  ['a field that every object has', 'getMe', { toString: 'x' }],
  ['a missing field', 'deleteMessage', { chat_id: 7 }],
  ['null for a text', 'setMyName', { name: null }],
  ['a text for a number', 'deleteMessage', { chat_id: 7, message_id: '7' }],
  ['half a number', 'deleteMessage', { chat_id: 7, message_id: 7.5 }],
  ['a list with a stranger in it', 'deleteMessages', { chat_id: 7, message_ids: [1, '2'] }],
  ['a list of texts as one text', 'setWebhook', { url: 'x', allowed_updates: '["message"]' }],
  ['a list for an object', 'sendMessage', { chat_id: 7, text: 'x', link_preview_options: [] }],
])('%s does not have the published form', (_, method, payload) => {
  expect(checkFields(method, { ...payload })).toMatchObject({ ok: false })
})
