import { createSecretKey, randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { createQuestions } from '../../src/desk/server/auth/questions.ts'
import { memoryAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'

/** What a browser carries from the question to the answer, and what of it is taken. */
const LIFE_MS = 5 * 60_000
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

function ours() {
  let time = 1_000_000
  const accounts = memoryAccounts()
  onTestFinished(() => accounts.close())
  const environment = {
    clock: { now: () => time },
    random: { bytes: (length: number) => new Uint8Array(randomBytes(length)) },
  }
  const key = createSecretKey(randomBytes(32))
  const start = (by = key) => createQuestions(accounts, by, environment)
  return { start, questions: start(), pass: (ms: number) => void (time += ms) }
}

test('a question is known again by every process of this house, for its purpose alone, with what it is about', () => {
  const { start, questions } = ours()
  const about = new Uint8Array(randomBytes(16))
  const carried = textOf(questions.ask('sign in', about))
  expect(start().read('sign in', carried)?.about).toEqual(about)
  expect(questions.read('sign in', textOf(questions.ask('sign in')))?.about).toEqual(new Uint8Array())
  for (const other of ['', 'sign i', 'sign in ', 'again'])
    expect(questions.read(other, carried)).toBeUndefined()
  expect(start(createSecretKey(randomBytes(32))).read('sign in', carried)).toBeUndefined()
})

test('a question is over after five minutes', () => {
  const { questions, pass } = ours()
  const carried = textOf(questions.ask('a'))
  pass(LIFE_MS - 1)
  expect(questions.read('a', carried)).toBeDefined()
  pass(1)
  expect(questions.read('a', carried)).toBeUndefined()
})

test('a question of which any bit was changed, or that is cut or longer, is not ours', () => {
  const { questions } = ours()
  const bytes = questions.ask('a', new Uint8Array(16).fill(7))
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = bytes.slice()
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(questions.read('a', textOf(changed))).toBeUndefined()
  }
  for (const length of [0, 1, 31, 32, bytes.length - 1])
    expect(questions.read('a', textOf(bytes.subarray(0, length)))).toBeUndefined()
  for (const more of [1, 1_000])
    expect(questions.read('a', textOf(bytes) + 'A'.repeat(more * 4))).toBeUndefined()
  for (const nothing of ['', '*', '💡']) expect(questions.read('a', nothing)).toBeUndefined()
})

test('a question is used once, in whichever process', async () => {
  const { start, questions } = ours()
  const [one, other] = [questions.ask('a'), questions.ask('a')].map((bytes) =>
    questions.read('a', textOf(bytes)),
  )
  if (one === undefined || other === undefined) throw new Error('not ours')
  const uses = await Promise.all([questions.use(one), start().use(one), questions.use(one)])
  expect(uses.filter(Boolean)).toHaveLength(1)
  expect(await start().use(other)).toBe(true)
})

test('the secret of a question is the same in every process, another for each, and not to be told from it', () => {
  const { start, questions } = ours()
  const [one, other] = [questions.ask('a'), questions.ask('a')]
  expect(questions.secretOf(one, 20)).toHaveLength(20)
  expect(start().secretOf(one, 20)).toEqual(questions.secretOf(one, 20))
  expect(questions.secretOf(other, 20)).not.toEqual(questions.secretOf(one, 20))
  expect(start(createSecretKey(randomBytes(32))).secretOf(one, 20)).not.toEqual(questions.secretOf(one, 20))
})
