import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MOST_CASES_AN_HOUR } from '../../src/desk/server/tripwire.ts'
import { audited as linesOf, type Someone, startDesk, type Started } from './start-desk.ts'

let started: Started
let worker: Someone
let other: Someone
beforeEach(async () => {
  started = startDesk()
  worker = await started.someone('caseworker', 'Worker')
  other = await started.someone('caseworker', 'Other')
})
afterEach(() => started.stop())

const key = () => randomBytes(16).toString('base64url')
const audited = () => linesOf(started)

describe('a caseworker', () => {
  test('claims, writes, and gets only what is new', async () => {
    const id = started.cases.add()
    started.cases.say(id, 'are you there')
    const claimed = await started.post(`/api/cases/${id}/claim`, { after: 0 }, worker.cookie)
    expect(claimed.json()).toMatchObject({
      case: { id, holder: worker.id, state: 'active' },
      entries: [{ seq: 1, kind: 'person', text: 'are you there' }],
    })
    const entry = key()
    const write = () =>
      started.post(`/api/cases/${id}/write`, { after: 1, entry, text: 'yes' }, worker.cookie)
    expect((await write()).json()).toMatchObject({ entries: [{ id: entry, seq: 2, text: 'yes' }] })
    expect((await write()).json<{ entries: unknown[] }>().entries).toHaveLength(1)
    const queue = await started.get('/api/queue', worker.cookie)
    expect(queue.json()).toMatchObject({
      queue: [{ id }],
      accounts: [
        { name: 'Worker', load: 1 },
        { name: 'Other', load: 0 },
      ],
    })
    expect(queue.body).not.toContain('are you there')
    expect(await audited()).toEqual(
      expect.arrayContaining([`${worker.id} case.claim ${id} done`, `${worker.id} case.write ${id} done`]),
    )
  })

  test("a guessed number and a colleague's case look the same, and both are audited", async () => {
    const id = started.cases.add({ holder: other.id })
    for (const asked of ['99999999', id]) {
      const answer = await started.get(`/api/cases/${asked}`, worker.cookie)
      expect([answer.statusCode, answer.json()]).toEqual([404, { refused: 'gone' }])
      expect(await audited()).toContain(`${worker.id} case.open ${asked} gone`)
    }
    const posted = await started.post('/api/cases/99999999/claim', { after: 0 }, worker.cookie)
    expect([posted.statusCode, posted.json()]).toEqual([404, { refused: 'gone' }])
    expect(await audited()).toContain(`${worker.id} case.claim 99999999 gone`)
  })

  test('sees nothing of a colleague even where the handoff would hand it out', async () => {
    const id = started.cases.add({ holder: other.id })
    started.cases.say(id, 'secret words')
    const entries = (await started.cases.thread(id, other.id, 0)) ?? []
    started.cases.thread = () => Promise.resolve(entries)
    expect((await started.get(`/api/cases/${id}`, worker.cookie)).statusCode).toBe(404)
  })

  test('sees an offered case, and nothing more once it is rejected', async () => {
    const id = started.cases.add({ holder: other.id })
    const offered = await started.post(`/api/cases/${id}/offer`, { after: 0, to: worker.id }, other.cookie)
    expect(offered.statusCode).toBe(200)
    expect((await started.get(`/api/cases/${id}`, worker.cookie)).statusCode).toBe(200)
    const rejected = await started.post(`/api/cases/${id}/reject`, { after: 0 }, worker.cookie)
    expect(rejected.json()).toMatchObject({ case: { holder: other.id }, entries: [] })
    expect((await started.get(`/api/cases/${id}`, worker.cookie)).statusCode).toBe(404)
  })

  test('offers to nobody who is disabled or no caseworker', async () => {
    const id = started.cases.add({ holder: worker.id })
    const auditor = await started.someone('auditor')
    await started.accounts.change(other.id, { disabled: true })
    for (const to of [auditor.id, other.id, key()]) {
      const answer = await started.post(`/api/cases/${id}/offer`, { after: 0, to }, worker.cookie)
      expect(answer.statusCode).toBe(404)
    }
  })

  test('closing a case answers with it closed', async () => {
    const id = started.cases.add({ holder: worker.id })
    const closed = await started.post(
      `/api/cases/${id}/close`,
      { after: 0, outcome: 'helped' },
      worker.cookie,
    )
    expect(closed.json()).toMatchObject({ case: { id, state: 'closed' }, entries: [] })
  })

  test('who is disabled while typing is signed out with the next key', async () => {
    const id = started.cases.add({ holder: worker.id })
    await started.accounts.change(worker.id, { disabled: true })
    const body = { after: 0, entry: key(), text: 'half a sentence' }
    const answer = await started.post(`/api/cases/${id}/write`, body, worker.cookie)
    expect([answer.statusCode, answer.json()]).toEqual([401, { refused: 'signIn' }])
    expect(await started.cases.thread(id, worker.id, 0)).toEqual([])
  })

  test('who opens more cases than anybody answers is stopped, and it is told', async () => {
    const ids = Array.from({ length: MOST_CASES_AN_HOUR + 1 }, () => started.cases.add({ holder: worker.id }))
    const codes: number[] = []
    for (const id of ids) {
      codes.push((await started.get(`/api/cases/${id}`, worker.cookie)).statusCode)
      codes.push((await started.get(`/api/cases/${id}`, worker.cookie)).statusCode)
      started.clock.pass(1_000)
    }
    expect(codes.slice(0, -2).every((code) => code === 200)).toBe(true)
    expect(codes.slice(-2)).toEqual([401, 401])
    expect((await started.accounts.account(worker.id))?.disabled).toBe(true)
    expect(await audited()).toContain(`${worker.id} tripwire ${worker.id} done`)
    expect(started.lines.join('')).toContain('desk.tripwire')
  })

  test('the same many over a day are work, not a tripwire', async () => {
    for (let at = 0; at < MOST_CASES_AN_HOUR * 2; at += 1) {
      const id = started.cases.add({ holder: worker.id })
      started.clock.pass(130_000)
      await started.post('/api/me', {}, worker.cookie)
      expect((await started.get(`/api/cases/${id}`, worker.cookie)).statusCode).toBe(200)
    }
  })
})

describe('a supervisor', () => {
  test('moves a case without reading it', async () => {
    const supervisor = await started.someone('supervisor')
    const id = started.cases.add({ holder: worker.id })
    started.cases.say(id, 'secret words')
    const offered = await started.post(
      `/api/cases/${id}/offer`,
      { after: 0, to: other.id },
      supervisor.cookie,
    )
    expect(offered.json()).toMatchObject({ case: { offeredTo: other.id }, entries: [] })
    const released = await started.post(`/api/cases/${id}/release`, { after: 0 }, supervisor.cookie)
    expect(released.json()).toMatchObject({ case: { state: 'waiting' }, entries: [] })
    expect(await audited()).toContain(`${supervisor.id} case.release ${id} done`)
  })

  test('reads one case for half an hour by breaking the glass, for a reason that is kept', async () => {
    const supervisor = await started.someone('supervisor')
    const id = started.cases.add({ holder: worker.id })
    const second = started.cases.add({ holder: worker.id })
    started.cases.say(id, 'secret words')
    const glass = (reason: string) =>
      started.post(`/api/cases/${id}/break-glass`, { reason }, supervisor.cookie)
    expect((await glass('I am curious')).statusCode).toBe(400)
    expect((await glass('complaint')).json()).toEqual({ until: started.clock.now() + 30 * 60_000 })
    expect(await audited()).toContain(`${supervisor.id} case.breakGlass ${id} complaint`)
    expect((await started.get(`/api/cases/${id}`, supervisor.cookie)).body).toContain('secret words')
    expect((await started.get(`/api/cases/${second}`, supervisor.cookie)).statusCode).toBe(404)
    started.clock.pass(14 * 60_000)
    await started.post('/api/me', {}, supervisor.cookie)
    started.clock.pass(14 * 60_000)
    await started.post('/api/me', {}, supervisor.cookie)
    started.clock.pass(2 * 60_000)
    expect((await started.get(`/api/cases/${id}`, supervisor.cookie)).statusCode).toBe(404)
  })

  test('sees numbers on the board', async () => {
    const supervisor = await started.someone('supervisor')
    started.cases.add()
    started.cases.add({ holder: worker.id })
    started.clock.pass(60_000)
    expect((await started.get('/api/board', supervisor.cookie)).json()).toMatchObject({
      waiting: 1,
      active: 1,
      oldestWaitingMs: 60_000,
      colleagues: [{ name: 'Worker', load: 1 }, { name: 'Other' }],
      days: [],
    })
  })
})
