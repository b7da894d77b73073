import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Entry } from '../../src/handoff/handoff.ts'
import type { CaseId } from '../../src/storage/cases.ts'
import { type Line, listen, told } from './listen.ts'
import { audited, type Someone, startDesk, type Started } from './start-desk.ts'

/** Who hears of a case that is lost, withdrawn or read for a reason, and who hears nothing of it. */
const MINUTE = 60_000

let started: Started
let worker: Someone
let other: Someone
const lines: Line[] = []
beforeEach(async () => {
  started = startDesk()
  worker = await started.someone('caseworker', 'Worker')
  other = await started.someone('caseworker', 'Other')
})
afterEach(async () => {
  for (const line of lines.splice(0)) line.close()
  await started.stop()
})

async function lineOf({ cookie }: Someone): Promise<Line> {
  const line = await listen(started, cookie)
  lines.push(line)
  return line
}
const read = (id: CaseId, by: Someone) => started.get(`/api/cases/${id}`, by.cookie)
const act = (id: CaseId, verb: string, by: Someone, body: object = {}) =>
  started.post(`/api/cases/${id}/${verb}`, { after: 0, ...body }, by.cookie)
/** Kinds that say something of this case, up to the next word on the queue that comes after `work`. */
async function kindsOf(line: Line, id: CaseId, work: () => Promise<unknown>): Promise<string[]> {
  const before = line.text().length
  await work()
  const mark = `mark-${before}`
  started.desk.alarm(mark, 'released')
  const since = (await line.until(mark)).slice(before)
  return told(since).flatMap((event) =>
    'id' in event && event.id === id && 'kind' in event ? [String(event.kind)] : [],
  )
}

describe('whoever had a case on the screen', () => {
  test('hears that it is lost when a supervisor gives it back, and so does nobody else', async () => {
    const supervisor = await started.someone('supervisor', 'Super')
    const id = started.cases.add({ holder: worker.id })
    expect((await read(id, worker)).statusCode).toBe(200)
    const [mine, theirs, boss] = [await lineOf(worker), await lineOf(other), await lineOf(supervisor)]
    await act(id, 'release', supervisor)
    const heard = told(await mine.until('lost'))
    expect(heard.filter((event) => 'id' in event)).toEqual([{ kind: 'lost', id }])
    for (const line of [theirs, boss]) {
      await line.until('"queue"')
      expect(line.text()).not.toContain(id)
    }
    expect((await read(id, worker)).statusCode).toBe(404)
  })

  test('hears that it is lost when a colleague accepts it, and the colleague that it changed', async () => {
    const id = started.cases.add({ holder: worker.id, offeredTo: other.id, state: 'offered' })
    await read(id, worker)
    await read(id, other)
    const [mine, theirs] = [await lineOf(worker), await lineOf(other)]
    const [forMine, forTheirs] = await Promise.all([
      mine.until('lost'),
      theirs.until('"case"'),
      act(id, 'accept', other),
    ])
    expect(told(forMine)).toContainEqual({ kind: 'lost', id })
    expect(told(forTheirs)).toContainEqual({ kind: 'case', id })
    expect(forTheirs).not.toContain('lost')
  })

  test('hears that it is withdrawn, not lost, and once', async () => {
    const id = started.cases.add({ holder: worker.id, offeredTo: other.id, state: 'offered' })
    await read(id, worker)
    await read(id, other)
    for (const line of [await lineOf(worker), await lineOf(other)]) expect(line.text()).not.toContain('data:')
    const [mine, theirs] = lines
    started.cases.remove(id)
    for (const line of [mine, theirs]) {
      if (line === undefined) throw new Error('no line')
      expect(await kindsOf(line, id, async () => line.until('"queue"'))).toEqual(['withdrawn'])
    }
  })

  test('and gave it away by their own hand is told nothing, since the answer says it', async () => {
    const id = started.cases.add({ holder: worker.id })
    await read(id, worker)
    const mine = await lineOf(worker)
    const kinds = await kindsOf(mine, id, async () => {
      await act(id, 'release', worker)
      await mine.until('"queue"')
    })
    expect(kinds).toEqual([])
  })

  test('and never read it is told nothing of its end', async () => {
    const id = started.cases.add({ holder: worker.id })
    const mine = await lineOf(worker)
    expect(
      await kindsOf(mine, id, async () => {
        started.cases.remove(id)
        await mine.until('"queue"')
      }),
    ).toEqual([])
  })
})

describe('a case that is withdrawn while it is being fetched', () => {
  test('is told to its reader, who is handed none of its words', async () => {
    const id = started.cases.add({ holder: worker.id })
    started.cases.say(id, 'words that she takes back')
    const mine = await lineOf(worker)
    const { thread } = started.cases
    started.cases.thread = async (...args): Promise<Entry[] | undefined> => {
      const entries = await thread(...args)
      started.cases.remove(id)
      return entries
    }
    const answer = await read(id, worker)
    expect([answer.statusCode, answer.json()]).toEqual([404, { refused: 'gone' }])
    expect(told(await mine.until('withdrawn'))).toContainEqual({ kind: 'withdrawn', id })
  })

  test('while the log is written, too', async () => {
    const id = started.cases.add({ holder: worker.id })
    started.cases.say(id, 'words that she takes back')
    const mine = await lineOf(worker)
    const { appendAudit } = started.accounts
    started.accounts.appendAudit = async (next) => {
      const seq = await appendAudit(next)
      started.cases.remove(id)
      return seq
    }
    const answer = await read(id, worker)
    expect([answer.statusCode, answer.body.includes('words')]).toEqual([404, false])
    expect(told(await mine.until('withdrawn'))).toContainEqual({ kind: 'withdrawn', id })
  })

  test('a reply that is in flight is answered as gone, and audited so', async () => {
    const id = started.cases.add({ holder: worker.id })
    await read(id, worker)
    const mine = await lineOf(worker)
    const { write } = started.cases
    started.cases.write = async (...args) => {
      started.cases.remove(id)
      return write(...args)
    }
    const answer = await act(id, 'write', worker, { entry: 'A'.repeat(22), text: 'on its way' })
    expect([answer.statusCode, answer.json()]).toEqual([404, { refused: 'gone' }])
    expect(told(await mine.until('withdrawn'))).toContainEqual({ kind: 'withdrawn', id })
    expect(await audited(started)).toContain(`${worker.id} case.write ${id} gone`)
  })
})

describe('a broken glass', () => {
  const breakIt = (id: CaseId, by: Someone, reason = 'complaint') =>
    started.post(`/api/cases/${id}/break-glass`, { reason }, by.cookie)

  test('is told with a name and an end to the holder, supervisors and auditors, and to nobody else', async () => {
    const [one, two] = [
      await started.someone('supervisor', 'One'),
      await started.someone('supervisor', 'Two'),
    ]
    const auditor = await started.someone('auditor', 'Auditor')
    const root = await started.someone('administrator', 'Root')
    const id = started.cases.add({ holder: worker.id })
    const all = await Promise.all([worker, two, auditor, one, other, root].map(lineOf))
    const { until } = (await breakIt(id, one)).json<{ until: number }>()
    expect(until).toBe(started.clock.now() + 30 * MINUTE)
    for (const line of all.slice(0, 3))
      expect(told(await line.until('glass'))).toContainEqual({
        kind: 'glass',
        id,
        by: one.id,
        name: 'One',
        until,
      })
    started.desk.alarm('after', 'released')
    for (const line of [all[3], all[4]]) expect((await line?.until('after')) ?? '').not.toContain('glass')
    expect(all[5]?.text()).not.toContain('glass')
    expect(all.map((line) => line.text()).join('')).not.toContain('complaint')
  })

  test('stands in the reader’s own answer until it closes, and in no other', async () => {
    const one = await started.someone('supervisor', 'One')
    const two = await started.someone('supervisor', 'Two')
    const id = started.cases.add({ holder: worker.id })
    const glassOf = async (by: Someone) =>
      (await started.get('/api/me', by.cookie)).json<{ glass: object[] }>().glass
    expect(await glassOf(one)).toEqual([])
    const { until } = (await breakIt(id, one)).json<{ until: number }>()
    expect([await glassOf(one), await glassOf(two), await glassOf(worker)]).toEqual([[{ id, until }], [], []])
    for (let at = 0; at < 3; at += 1) {
      started.clock.pass(10 * MINUTE - 1)
      await started.post('/api/me', {}, one.cookie)
    }
    expect(await glassOf(one)).toEqual([{ id, until }])
    started.clock.pass(3)
    expect(await glassOf(one)).toEqual([])
    expect((await read(id, one)).statusCode).toBe(404)
  })

  test('whose time is over is lost with the next thing that happens in the case', async () => {
    const one = await started.someone('supervisor', 'One')
    const id = started.cases.add({ holder: worker.id })
    await breakIt(id, one)
    expect((await read(id, one)).statusCode).toBe(200)
    const line = await lineOf(one)
    started.cases.say(id, 'still open')
    expect(told(await line.until('"case"'))).toContainEqual({ kind: 'case', id })
    for (const _ of [1, 2, 3]) {
      started.clock.pass(10 * MINUTE)
      await started.post('/api/me', {}, one.cookie)
    }
    started.cases.say(id, 'not for them any more')
    expect(told(await line.until('lost'))).toContainEqual({ kind: 'lost', id })
  })

  test('reads and does nothing else, and a guessed number is audited', async () => {
    const one = await started.someone('supervisor', 'One')
    const id = started.cases.add({ holder: worker.id })
    await breakIt(id, one)
    for (const [verb, body] of [
      ['write', { entry: 'A'.repeat(22), text: 'x' }],
      ['note', { entry: 'A'.repeat(22), text: 'x' }],
      ['close', { outcome: 'helped' }],
      ['claim', {}],
    ] as const)
      expect((await act(id, verb, one, body)).statusCode).toBe(403)
    const guessed = await breakIt('99999999' as CaseId, one)
    expect([guessed.statusCode, guessed.json()]).toEqual([404, { refused: 'gone' }])
    expect(await audited(started)).toContain(`${one.id} case.breakGlass 99999999 gone`)
  })

  test('is of no use after another role', async () => {
    const one = await started.someone('supervisor', 'One')
    const { cookie } = await started.someone('administrator', 'Root')
    const id = started.cases.add({ holder: worker.id })
    await breakIt(id, one)
    await started.post(`/api/accounts/${one.id}/role`, { role: 'caseworker' }, cookie)
    const again = { ...one, cookie: await started.cookieOf(one.id) }
    expect((await read(id, again)).statusCode).toBe(404)
    expect((await started.get('/api/me', again.cookie)).json()).toMatchObject({
      role: 'caseworker',
      glass: [],
    })
    await started.post(`/api/accounts/${one.id}/role`, { role: 'supervisor' }, cookie)
    const back = { ...one, cookie: await started.cookieOf(one.id) }
    expect((await read(id, back)).statusCode).toBe(404)
  })
})
