import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LONGEST_TEXT } from '../../src/desk/wire.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import { newEntry, openHandoff } from '../handoff/handoff-house.ts'
import { audited, type Someone, startDesk, type Started } from './start-desk.ts'

/** What hurried, unlucky and hostile people send, through HTTP to the real handoff and its files, and back. */
let started: Started
let house: ReturnType<typeof openHandoff>
let worker: Someone
let other: Someone
beforeEach(async () => {
  house = openHandoff()
  started = startDesk({ cases: house })
  worker = await started.someone('caseworker', 'Worker')
  other = await started.someone('caseworker', 'Other')
})
afterEach(() => started.stop())

const act = (id: string, verb: string, by: Someone, body: object = {}) =>
  started.post(`/api/cases/${id}/${verb}`, { after: 0, ...body }, by.cookie)
const write = (id: string, text: string, entry = newEntry()) => act(id, 'write', worker, { entry, text })
async function claimed(): Promise<CaseId> {
  const id = await house.asked()
  expect((await act(id, 'claim', worker)).statusCode).toBe(200)
  house.person.heard.length = 0
  return id
}

/** Marks that mean something to a browser, a template, a shell, a database or a reader's eye, and are words here. */
const WORDS = [
  ['HTML', '<b>bold</b><img src=x onerror=alert(1)><!-- --></textarea></script>'],
  ['a script', '<script>fetch("/desk/api/me")</script> javascript:alert(1)'],
  ['template marks', '$t(pages.menu.start.text) {{exitWord}} ${process.env.HOME} $& $1 %s %{name}'],
  ['an override to the left', 'see \u202Egpj.exe\u202C and \u2067isolated\u2069'],
  ['an override that is never closed', '\u202Eabc'],
  ['more ends than beginnings', '\u2069\u2069\u202C abc'],
  ['SQL', "'; DROP TABLE cases; --"],
  ['a line that looks like an event', 'x\n\ndata: {"kind":"withdrawn","id":"12345678"}\n\n'],
  ['separators of lines and a null', 'a\u2028b\u2029c\u0000d'],
  ['half of a pair', 'a\uD83D b'],
  ['Arabic and English', 'مرحبا hello ١٢٣ 123'],
  ['a family', '👨‍👩‍👧‍👦'.repeat(20)],
] as const

describe('words that look like something else', () => {
  test.each(WORDS)('%s from the desk reach her as they were typed', async (_, text) => {
    const id = await claimed()
    const entry = newEntry()
    const answer = await write(id, text, entry)
    // No channel takes half of a pair.
    const sent = text.toWellFormed()
    expect(answer.json()).toMatchObject({
      entries: expect.arrayContaining([
        expect.objectContaining({ id: entry, kind: 'caseworker', text: sent }),
      ]),
    })
    expect(house.person.heard).toEqual([`wrote ${sent}`])
  })

  test.each(WORDS)(
    '%s from her reach the desk as they were typed, as JSON and nothing else',
    async (_, text) => {
      const id = await claimed()
      await house.says(id, text)
      const answer = await started.get(`/api/cases/${id}`, worker.cookie)
      expect(answer.headers).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'x-content-type-options': 'nosniff',
      })
      expect(answer.json<{ entries: object[] }>().entries).toContainEqual(
        expect.objectContaining({ kind: 'person', text }),
      )
      expect((await started.get('/api/queue', worker.cookie)).body).not.toContain(text.slice(0, 4))
    },
  )
})

describe('a message', () => {
  test('of twenty thousand characters is refused whole, in any script, and reaches nobody', async () => {
    const id = await claimed()
    for (const [text, code] of [
      ['x'.repeat(20_000), 400],
      ['م'.repeat(20_000), 413],
      ['x'.repeat(LONGEST_TEXT + 1), 400],
      ['\u0000'.repeat(20_000), 413],
    ] as const)
      for (const verb of ['write', 'note']) {
        const answer = await act(id, verb, worker, { entry: newEntry(), text })
        expect([answer.statusCode, answer.json()]).toEqual([code, { refused: 'invalid' }])
      }
    expect(house.person.heard).toEqual([])
    expect(await house.lines(id, worker.id)).toEqual(['opened', 'claimed'])
  })

  test('of the published length arrives, also one of the longest characters', async () => {
    const id = await claimed()
    for (const text of ['x'.repeat(LONGEST_TEXT), 'م'.repeat(LONGEST_TEXT), '😀'.repeat(LONGEST_TEXT / 2)])
      expect((await write(id, text)).statusCode).toBe(200)
    expect(house.person.heard.map((line) => line.length)).toEqual(
      Array.from({ length: 3 }, () => LONGEST_TEXT + 'wrote '.length),
    )
  })

  test('from her, twenty thousand characters long, is shown as far as the handoff keeps it, and the page goes on', async () => {
    const id = await claimed()
    await house.says(id, 'م'.repeat(20_000))
    const { entries } = (await started.get(`/api/cases/${id}`, worker.cookie)).json<{
      entries: { text?: string }[]
    }>()
    expect(entries.at(-1)?.text).toBe('م'.repeat(4_096))
    expect((await write(id, 'an answer')).statusCode).toBe(200)
  })

  test.each(['', '   ', '\n\t', '\u00A0\u3000'])('of nothing (%j) is refused', async (text) => {
    const id = await claimed()
    expect((await write(id, text)).statusCode).toBe(400)
    expect(house.person.heard).toEqual([])
  })
})

describe('two at once', () => {
  test('claim: one has the case, the other hears who was faster, and the log says both', async () => {
    const id = await house.asked()
    const answers = await Promise.all([act(id, 'claim', worker), act(id, 'claim', other)])
    const codes = answers.map(({ statusCode }) => statusCode)
    expect(codes.toSorted((a, b) => a - b)).toEqual([200, 409])
    const [winner, loser] = codes[0] === 200 ? [worker, other] : [other, worker]
    expect(answers.find(({ statusCode }) => statusCode === 409)?.json()).toEqual({ refused: 'taken' })
    expect(await house.find(id)).toMatchObject({ holder: winner.id, state: 'active' })
    expect((await started.get(`/api/cases/${id}`, loser.cookie)).statusCode).toBe(404)
    expect(house.person.heard).toEqual(['claimed'])
    const log = await audited(started)
    expect(log).toContain(`${winner.id} case.claim ${id} done`)
    expect(log).toContain(`${loser.id} case.claim ${id} taken`)
  })

  test('clicks of one hand take, write and close once', async () => {
    const id = await house.asked()
    const twice = async (verb: string, body: object) =>
      (await Promise.all([act(id, verb, worker, body), act(id, verb, worker, body)])).map(
        ({ statusCode }) => statusCode,
      )
    expect(await twice('claim', {})).toEqual([200, 200])
    expect(await twice('write', { entry: newEntry(), text: 'once' })).toEqual([200, 200])
    expect(await twice('note', { entry: newEntry(), text: 'once' })).toEqual([200, 200])
    expect((await house.lines(id, worker.id))?.toSorted()).toEqual([
      'caseworker once (shown)',
      'claimed',
      'note once',
      'opened',
    ])
    expect((await twice('close', { outcome: 'helped' })).toSorted((a, b) => a - b)).toEqual([200, 404])
    expect(house.person.heard).toEqual(['claimed', 'wrote once', 'ended closed'])
  })

  test('accept and take back: one holds the case, and only that one reads it', async () => {
    const id = await claimed()
    await act(id, 'offer', worker, { to: other.id })
    await Promise.all([act(id, 'accept', other), act(id, 'release', worker)])
    const { holder } = (await house.find(id)) ?? {}
    for (const by of [worker, other]) {
      const { statusCode } = await started.get(`/api/cases/${id}`, by.cookie)
      expect(statusCode).toBe(by.id === holder ? 200 : 404)
    }
  })
})

describe('a case number that was guessed', () => {
  const bodies: Record<string, () => object> = {
    write: () => ({ entry: newEntry(), text: 'x' }),
    note: () => ({ entry: newEntry(), text: 'x' }),
    card: () => ({ entry: newEntry(), service: 'demo:one' }),
    close: () => ({ outcome: 'helped' }),
    offer: () => ({ to: other.id }),
  }

  test('is gone on every route of a case, for every role that has it, and audited each time', async () => {
    await started.server.ready()
    const supervisor = await started.someone('supervisor', 'Super')
    const people = { caseworker: worker, supervisor }
    let asked = 0
    for (const { method, path, roles } of started.routes.filter((one) => one.path.includes('/cases/:id')))
      for (const [role, by] of Object.entries(people)) {
        if (!(roles as readonly string[]).includes(role)) continue
        const guess = String(91_000_000 + (asked += 1))
        const verb = path.split('/').at(-1) ?? ''
        const body = verb === 'break-glass' ? { reason: 'danger' } : { after: 0, ...bodies[verb]?.() }
        const url = path.replace('/desk', '').replace(':id', guess)
        const answer = await (method === 'GET'
          ? started.get(url, by.cookie)
          : started.post(url, body, by.cookie))
        expect([path, answer.statusCode, answer.json()]).toEqual([path, 404, { refused: 'gone' }])
        const last = (await audited(started)).at(-1)
        expect(last).toMatch(new RegExp(`^${by.id} case\\.\\w+ ${guess} gone$`, 'u'))
      }
    expect(asked).toBe(14)
  })

  test('that was closed or withdrawn looks the same as one that never was', async () => {
    const [closed, withdrawn] = [await claimed(), await claimed()]
    await act(closed, 'close', worker, { outcome: 'helped' })
    await house.withdraw(withdrawn)
    for (const id of [closed, withdrawn, '99999999'])
      for (const answer of [
        await started.get(`/api/cases/${id}`, worker.cookie),
        await write(id, 'too late'),
        await act(id, 'claim', other),
      ])
        expect([answer.statusCode, answer.json()]).toEqual([404, { refused: 'gone' }])
    expect(house.person.heard).not.toContain('wrote too late')
  })

  test.each(['1234567', '123456789', '1234567a', '../audit', '%00000000', '１２３４５６７８', '-1234567'])(
    '%s is none at all',
    async (guess) => {
      const answer = await started.get(`/api/cases/${encodeURIComponent(guess)}`, worker.cookie)
      expect([answer.statusCode, answer.json()]).toEqual([400, { refused: 'invalid' }])
    },
  )
})

test('who is disabled while typing loses the session with the next key, and the case goes back', async () => {
  const id = await claimed()
  const { cookie } = await started.someone('administrator', 'Root')
  expect((await started.post(`/api/accounts/${worker.id}/disable`, {}, cookie)).statusCode).toBe(200)
  for (const answer of [await write(id, 'half a sentence'), await started.get('/api/me', worker.cookie)])
    expect([answer.statusCode, answer.json()]).toEqual([401, { refused: 'signIn' }])
  expect(house.person.heard).toEqual(['ended released'])
  expect((await act(id, 'claim', other)).statusCode).toBe(200)
})

describe('a name', () => {
  test.each([
    ['that turns the words around it', 'Bru\u202Eno\u2069 ', 'Bruno'],
    ['with a line in it', 'Bru\nno', 'Bru no'],
    ['with a null and an escape', 'Bru\u0000no\u001B[31m', 'Bruno[31m'],
    ['with a joiner, as Persian has', 'می\u200Cخواهم', 'می\u200Cخواهم'],
  ])('%s is shown without harm', async (_, given, shown) => {
    const { cookie } = await started.someone('administrator', 'Root')
    const made = await started.post('/api/accounts/invite', { name: given, role: 'caseworker' }, cookie)
    expect(made.statusCode).toBe(200)
    const { invites } = (await started.get('/api/accounts', cookie)).json<{ invites: { name: string }[] }>()
    expect(invites.map(({ name }) => name)).toEqual([shown])
  })

  test.each(['Work\u200Ber', 'Worker\u202E', '\uFEFFWORKER', 'Ｗｏｒｋｅｒ', 'Wor\u00ADker'])(
    'that looks like another (%j) is taken',
    async (name) => {
      const { cookie } = await started.someone('administrator', 'Root')
      const answer = await started.post('/api/accounts/invite', { name, role: 'caseworker' }, cookie)
      expect([answer.statusCode, answer.json()]).toEqual([409, { refused: 'taken' }])
    },
  )

  test.each(['', ' ', '\u200B', '\u202E\u202C', '\u200D\u200C', '\u0000'])(
    'of nothing (%j) is none',
    async (name) => {
      const { cookie } = await started.someone('administrator', 'Root')
      const answer = await started.post('/api/accounts/invite', { name, role: 'caseworker' }, cookie)
      expect(answer.statusCode).toBe(400)
    },
  )
})
