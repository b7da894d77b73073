import { expect, test } from 'vitest'
import { createProfile } from './profile.ts'

const make = () => {
  const { methods } = createProfile('Word of the day')
  return (method: string, payload = {}) => methods[method]?.(payload)
}

test.each([
  ['setMyName', 'name', 64],
  ['setMyDescription', 'description', 512],
  ['setMyShortDescription', 'short_description', 120],
])('%s takes what is just within the limit and refuses one character more', (method, field, most) => {
  const call = make()
  const get = method.replace('set', 'get')
  expect(call(method, { [field]: 'ß'.repeat(most), language_code: 'de' })).toMatchObject({ ok: true })
  expect(call(method, { [field]: 'ß'.repeat(most + 1), language_code: 'de' })).toMatchObject({
    error_code: 400,
  })
  expect(call(get, { language_code: 'de' })).toMatchObject({ result: { [field]: 'ß'.repeat(most) } })
  for (const language_code of ['deu', 'DE', 'd', 'pt-BR']) {
    expect(call(method, { [field]: 'x', language_code })).toMatchObject({ error_code: 400 })
    expect(call(get, { language_code })).toMatchObject({ error_code: 400 })
  }
})

test('a language without a text of its own shows the one for everyone, and an empty text takes one back', () => {
  const call = make()
  call('setMyDescription', { description: 'for all' })
  call('setMyDescription', { description: 'para ti', language_code: 'es' })
  expect(call('getMyDescription', { language_code: 'es' })).toMatchObject({
    result: { description: 'para ti' },
  })
  expect(call('getMyDescription', { language_code: 'fr' })).toMatchObject({
    result: { description: 'for all' },
  })
  call('setMyDescription', { description: '', language_code: 'es' })
  expect(call('getMyDescription', { language_code: 'es' })).toMatchObject({
    result: { description: 'for all' },
  })
  call('setMyName', { name: '' })
  expect(call('getMyName')).toMatchObject({ result: { name: 'Word of the day' } })
})

test('each scope and language has commands of its own', () => {
  const call = make()
  const commands = [{ command: 'exit', description: 'Leave' }]
  const scope = { type: 'all_private_chats' }
  call('setMyCommands', { commands, scope, language_code: 'es' })
  expect(call('getMyCommands', { scope, language_code: 'es' })).toMatchObject({ result: commands })
  expect(call('getMyCommands', { language_code: 'es' })).toMatchObject({ result: [] })
  expect(call('getMyCommands', { scope })).toMatchObject({ result: [] })
})
