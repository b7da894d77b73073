import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type {
  DirectoryAnswer,
  DirectoryNotice,
  DueRow,
  PackEditions,
  ProposalRow,
  ReviewAnswer,
  ServiceAnswer,
} from '../../src/desk/directory-wire.ts'
import { demoPack } from '../directory/demo.ts'
import { listen, told } from './listen.ts'
import { audited, type Someone, startDesk, type Started } from './start-desk.ts'

/** The directory at the desk: the table, what is dialled, what one proposes and another decides. */
let started: Started
let caseworker: Someone
let supervisor: Someone
beforeEach(async () => {
  started = startDesk()
  caseworker = await started.someone('caseworker', 'Amal')
  supervisor = await started.someone('supervisor', 'Bruno')
})
afterEach(() => started.stop())

const CLINIC = '/api/directory/services/demo/portavel-clinic'
async function read<T>(path: string, who: Someone = supervisor): Promise<T> {
  const answer = await started.get(path, who.cookie)
  expect(answer.statusCode).toBe(200)
  return answer.json<T>()
}
async function act<T extends object>(path: string, who: Someone, body: object = {}): Promise<T> {
  const answer = await started.post(path, body, who.cookie)
  return answer.json<T>()
}
const table = (query: string, who?: Someone) => read<DirectoryAnswer>(`/api/directory?${query}`, who)
const ids = async (query: string) => (await table(query)).services.map(({ id }) => id.replace('demo/', ''))
const due = async () => (await read<{ due: DueRow[] }>('/api/directory/due')).due
const proposals = async (who?: Someone) =>
  (await read<{ proposals: ProposalRow[] }>('/api/directory/proposals', who)).proposals
const lines = async () => (await audited(started)).filter((line) => line.includes(' directory.'))
const correct = (body: object, who = caseworker) =>
  act<{ kind: string; id: number; fields: { field: string }[] }>(`${CLINIC}/correct`, who, {
    note: '',
    ...body,
  })

describe('the table', () => {
  test.each([
    // By area and kind, whatever its name.
    ['text=police%20portavel', ['portavel-officers']],
    ['text=centre', ['portavel-clinic']],
    // With other spaces than it was written with.
    ['text=%2B9990000004', ['portavel-clinic']],
    ['text=000%200004', ['portavel-clinic']],
    ['text=free%20work', ['hotline-work', 'free-work-office']],
    ['text=police%20almar', ['almar-officers']],
    ['need=police', ['almar-officers', 'portavel-officers']],
    ['need=police&area=XV01', ['portavel-officers']],
    ['state=overdue', ['old-clinic']],
    ['state=ended', ['ended-project']],
    ['state=closedForNow', ['moving-clinic']],
    ['text=nothing%20of%20this', []],
  ])('is found by %s', async (query, found) => {
    expect((await ids(query)).toSorted()).toEqual(found.toSorted())
  })

  test('is found by a kind in the language of the reader, and in English', async () => {
    await started.accounts.change(caseworker.id, { language: 'es' })
    for (const word of ['policía', 'Policia', 'police'])
      expect((await table(`text=${encodeURIComponent(word)}`, caseworker)).total).toBe(2)
  })

  test('holds so many at once and says how many there are', async () => {
    const few = await table('most=3')
    expect([few.services.length, few.total]).toEqual([3, demoPack().services.length])
    expect(few.packs).toMatchObject([{ id: 'demo', served: true }])
  })

  test('does not tell the area of a place that stays secret, nor find it by that', async () => {
    const [house] = (await table('text=house%20of%20rest')).services
    expect(house).toMatchObject({ id: 'demo/house-of-rest', area: '', state: 'shown' })
    expect(await ids('area=XV01')).not.toContain('house-of-rest')
    expect(await ids('text=portavel')).not.toContain('house-of-rest')
    const { form } = await read<ServiceAnswer>('/api/directory/services/demo/house-of-rest')
    expect(form).not.toHaveProperty('address')
  })

  test.each([
    'most=0',
    'most=99999',
    'state=all',
    'need=everything',
    'pack=../etc',
    'area=x',
    'more=1',
    `text=${'x'.repeat(101)}`,
  ])('refuses %s', async (query) => {
    expect((await started.get(`/api/directory?${query}`, supervisor.cookie)).statusCode).toBe(400)
  })
})

describe('a service', () => {
  test('is opened with all that is known of it', async () => {
    const { row, facts, form } = await read<ServiceAnswer>(CLINIC, caseworker)
    expect(row).toMatchObject({ area: 'Portavel', numbers: ['+999 000 0004'], state: 'shown' })
    expect(facts).toContainEqual({ field: 'address', value: '1 Example Quay' })
    expect(facts).toContainEqual({ field: 'verifiedBy', value: 'Demo desk' })
    expect(form).toMatchObject({ numbers: [{ kind: 'phone', value: '+999 000 0004' }], status: 'active' })
    expect((await started.get('/api/directory/services/demo/nothing', caseworker.cookie)).statusCode).toBe(
      404,
    )
    expect((await started.get('/api/directory/services/other/x', caseworker.cookie)).statusCode).toBe(404)
  })

  test('is checked with one click, at once, by one person, and the log has it', async () => {
    expect((await due()).map(({ id }) => id)).toEqual(['demo/old-clinic', 'demo/ended-project'])
    const checked = '/api/directory/services/demo/old-clinic/checked'
    expect(await act(checked, caseworker)).toEqual({ kind: 'published', number: 1 })
    expect((await due()).map(({ id }) => id)).toEqual(['demo/ended-project'])
    const [row] = (await table('text=old-clinic')).services
    expect(row).toMatchObject({ checkedOn: '2030-01-15', state: 'shown' })
    expect(await lines()).toEqual([`${caseworker.id} directory.check demo/old-clinic done`])
    expect(await act('/api/directory/services/demo/ended-project/checked', caseworker)).toMatchObject({
      kind: 'ended',
    })
  })

  test('a wrong check is undone by a supervisor', async () => {
    await act('/api/directory/services/demo/old-clinic/checked', caseworker)
    const editions = () => read<{ packs: PackEditions[] }>('/api/directory/editions')
    expect((await editions()).packs[0]?.editions).toMatchObject([
      { number: 1, by: 'Amal', approvedBy: 'Amal', about: 'checked: old-clinic' },
    ])
    // Somebody else was faster: nothing is undone that they did not see.
    expect(await act('/api/directory/back', supervisor, { pack: 'demo', on: 0 })).toEqual({ kind: 'stale' })
    expect(await act('/api/directory/back', supervisor, { pack: 'demo', on: 1 })).toEqual({
      kind: 'published',
      number: 2,
    })
    expect(await ids('state=overdue')).toEqual(['old-clinic'])
    expect((await lines()).slice(1)).toEqual([
      `${supervisor.id} directory.back demo refused`,
      `${supervisor.id} directory.back demo done`,
    ])
  })
})

describe('a correction', () => {
  test('waits for somebody else, and is served when they approve it', async () => {
    const made = await correct({
      numbers: [{ kind: 'phone', from: '+999 000 0004', to: '+999 000 0444' }],
      hours: 'Mo-Sa 08:00-18:00',
      note: 'Heard at the desk of the clinic.',
    })
    expect(made.kind).toBe('proposed')
    expect((await read<ServiceAnswer>(CLINIC, caseworker)).waiting).toMatchObject([
      { id: made.id, by: 'Amal', mine: true },
    ])
    expect(await proposals()).toMatchObject([{ id: made.id, by: 'Amal', mine: false, closes: false }])
    const review = await read<ReviewAnswer>(`/api/directory/proposals/${made.id}`)
    expect(review).toMatchObject({ live: 0, note: 'Heard at the desk of the clinic.' })
    const [change] = review.changes
    expect(change?.fields).toContainEqual({ field: 'phone', from: '+999 000 0004', to: '+999 000 0444' })
    // The hours in words said the old ones.
    expect(change?.fields.find(({ field }) => field === 'hoursNote')?.to).toBe('')
    expect((await read<ServiceAnswer>(CLINIC)).row.numbers).toEqual(['+999 000 0004'])
    const approve = `/api/directory/proposals/${made.id}/approve`
    expect(await act(approve, supervisor, { on: 0 })).toEqual({ kind: 'published', number: 1 })
    const { row } = await read<ServiceAnswer>(CLINIC)
    expect([row.numbers, row.hours]).toEqual([['+999 000 0444'], 'Mon-Sat 08:00-18:00'])
    expect((await started.post(approve, { on: 1 }, supervisor.cookie)).statusCode).toBe(404)
    expect(await lines()).toEqual([
      `${caseworker.id} directory.propose demo/portavel-clinic done`,
      `${supervisor.id} directory.approve ${made.id} done`,
      `${supervisor.id} directory.approve ${made.id} gone`,
    ])
  })

  test('is not approved by its author, and may be taken back by them', async () => {
    const { id } = await correct({ status: 'closed' }, supervisor)
    expect(await proposals()).toMatchObject([{ id, mine: true, closes: true }])
    expect((await read<DirectoryNotice>('/api/directory/notice')).waiting).toBe(0)
    expect(await act(`/api/directory/proposals/${id}/approve`, supervisor, { on: 0 })).toEqual({
      kind: 'samePerson',
    })
    expect((await read<ServiceAnswer>(CLINIC)).row.state).toBe('shown')
    expect(await act(`/api/directory/proposals/${id}/refuse`, supervisor)).toEqual({})
    expect(await proposals()).toEqual([])
    expect((await lines()).slice(1)).toEqual([
      `${supervisor.id} directory.approve ${id} refused`,
      `${supervisor.id} directory.refuse ${id} done`,
    ])
  })

  test.each([
    ['numbers', { numbers: [{ kind: 'phone', from: '+999 000 0004', to: 'ask inside' }] }],
    // A number of a real country in the invented one.
    ['numbers', { numbers: [{ kind: 'phone', from: '', to: '+380 44 000 0000' }] }],
    ['hours', { hours: 'mornings' }],
    ['address', { address: [{ language: 'en', value: 'Ask for Dr. Example' }] }],
    ['note', { status: 'closed', note: 'Call me on +999 000 0444' }],
  ])('with wrong %s is said to be so, and nothing waits', async (field, body) => {
    const answer = await correct(body)
    expect([answer.kind, answer.fields.map((one) => one.field)]).toEqual(['wrong', [field]])
    expect(await proposals()).toEqual([])
    expect(await lines()).toEqual([`${caseworker.id} directory.propose demo/portavel-clinic refused`])
  })

  test('may say its hours in words, and says back how they were understood', async () => {
    const made = await correct({ hours: 'Monday to Friday, 9:00 to 17:30' })
    expect(made).toMatchObject({ kind: 'proposed', hours: 'Mo-Fr 09:00-17:30' })
    const [change] = (await read<ReviewAnswer>(`/api/directory/proposals/${made.id}`)).changes
    expect(change?.fields.find(({ field }) => field === 'hours')?.to).toBe('Mo-Fr 09:00-17:30')
  })

  test('does not give a secret place an address', async () => {
    const answer = await act<{ kind: string; fields: { field: string }[] }>(
      '/api/directory/services/demo/house-of-rest/correct',
      caseworker,
      { note: '', address: [{ language: 'en', value: '1 Example Street' }] },
    )
    expect(answer).toMatchObject({ kind: 'wrong', fields: [{ field: 'address' }] })
  })

  test('of a number that is not there any more, or that changes nothing, is not made', async () => {
    const gone = { numbers: [{ kind: 'phone', from: '+999 000 9999', to: '+999 000 0444' }] }
    expect(await correct(gone)).toMatchObject({ kind: 'stale' })
    expect(await correct({ status: 'active' })).toMatchObject({ kind: 'noChange' })
  })

  test.each([
    { status: 'draft' },
    { name: 'x' },
    { numbers: [{ kind: 'web', from: '', to: 'https://example.org' }] },
    { hours: 'x'.repeat(301) },
    { endsOn: '2030-02-30' },
    { note: 'two\nlines' },
    { note: 'turned \u202e round' },
    { address: [{ language: 'en', value: 'x', more: 1 }] },
  ])('of another form is refused: %j', async (body) => {
    const answer = await started.post(`${CLINIC}/correct`, { note: '', ...body }, caseworker.cookie)
    expect(answer.statusCode).toBe(400)
  })
})

describe('a number that does not answer', () => {
  test('is not closed by one person, and stands first for the supervisor, once', async () => {
    await correct({ hours: '24/7' })
    const stopped = '/api/directory/services/demo/portavel-talk/stopped'
    expect(await act(stopped, caseworker)).toMatchObject({ kind: 'proposed' })
    expect(await act(stopped, caseworker)).toEqual({ kind: 'waits' })
    expect(await ids('state=closedForNow')).toEqual(['moving-clinic'])
    const [first, second] = await proposals()
    expect([first?.service, first?.closes, second?.service]).toEqual([
      'portavel-talk',
      true,
      'portavel-clinic',
    ])
    expect(await read<DirectoryNotice>('/api/directory/notice')).toMatchObject({ waiting: 2, stopped: 1 })
    expect(
      await act(`/api/directory/proposals/${first?.id ?? 0}/approve`, supervisor, { on: 0 }),
    ).toMatchObject({ kind: 'published' })
    expect(await ids('state=closedForNow')).toEqual(['portavel-talk', 'moving-clinic'].toSorted())
  })
})

describe('who is told', () => {
  test('a caseworker hears of what is overdue and decides nothing', async () => {
    await correct({ status: 'closed' }, supervisor)
    expect(await read<DirectoryNotice>('/api/directory/notice', caseworker)).toEqual({
      overdue: 2,
      due: 2,
      waiting: 0,
      stopped: 0,
    })
  })

  test('open pages hear that something changed, and nothing of what', async () => {
    const line = await listen(started, caseworker.cookie)
    await started.desk.lookAtDirectory()
    await correct({ status: 'closed' }, supervisor)
    await started.desk.lookAtDirectory()
    await line.until('directory')
    await act('/api/directory/services/demo/old-clinic/checked', supervisor)
    const text = await line.until('"directory"}\n\nid')
    line.close()
    expect(told(text)).toContainEqual({ kind: 'directory' })
    expect(text).not.toContain('clinic')
  })
})
