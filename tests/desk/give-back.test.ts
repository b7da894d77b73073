import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { MOST_CASES_AN_HOUR } from '../../src/desk/server/tripwire.ts'
import { openSqliteAccounts } from '../../src/storage/sqlite/sqlite-accounts.ts'
import { openHandoff } from '../handoff/handoff-house.ts'
import { type Line, listen, told } from './listen.ts'
import { audited, type Someone, startDesk, type Started } from './start-desk.ts'

/** Whoever may no longer answer keeps nobody waiting, over the real handoff: cases and the people in them move on. */
let started: Started
let house: ReturnType<typeof openHandoff>
let worker: Someone
let other: Someone
let root: Someone
const lines: Line[] = []
beforeEach(async () => {
  house = openHandoff()
  started = startDesk({ cases: house })
  worker = await started.someone('caseworker', 'Worker')
  other = await started.someone('caseworker', 'Other')
  root = await started.someone('administrator', 'Root')
})
afterEach(async () => {
  for (const line of lines.splice(0)) line.close()
  await started.stop()
})

/** Three cases: held, offered to a colleague, and offered by one. */
async function three() {
  const [held, given, taken] = [await house.asked(), await house.asked(), await house.asked()]
  await house.claim(held, worker.id, 5)
  await house.claim(given, worker.id, 5)
  await house.offer(given, worker.id, other.id)
  await house.claim(taken, other.id, 5)
  await house.offer(taken, other.id, worker.id)
  return { held, given, taken }
}
const standing = async () =>
  Object.fromEntries(
    (await house.queue()).map(({ id, state, holder, offeredTo }) => [id, { state, holder, offeredTo }]),
  )
const WAITING = { state: 'waiting', holder: undefined, offeredTo: undefined }
const act = (verb: string, body: object = {}) =>
  started.post(`/api/accounts/${worker.id}/${verb}`, body, root.cookie)

describe.each([
  ['a disabling', () => act('disable'), 'account.disable', 'done'],
  ['another role', () => act('role', { role: 'supervisor' }), 'account.role', 'supervisor'],
] as const)('%s', (_, take, verb, outcome) => {
  test('gives held cases back, leaves offered ones with their holder, and says so in the log', async () => {
    const { held, given, taken } = await three()
    house.person.heard.length = 0
    expect((await take()).statusCode).toBe(200)
    expect(await standing()).toEqual({
      [held]: WAITING,
      [given]: WAITING,
      [taken]: { state: 'active', holder: other.id, offeredTo: undefined },
    })
    expect(house.person.heard).toEqual(['ended released', 'ended released'])
    expect(house.alarms.toSorted()).toEqual([`${given} released`, `${held} released`].toSorted())
    const [first, ...rest] = await audited(started)
    expect(first).toBe(`${root.id} ${verb} ${worker.id} ${outcome}`)
    expect(rest.toSorted()).toEqual(
      [
        `${root.id} case.release ${held} done`,
        `${root.id} case.release ${given} done`,
        `${root.id} case.reject ${taken} done`,
      ].toSorted(),
    )
  })
})

test('a caseworker who stays one keeps the cases, and so does one who is enabled again', async () => {
  const { held } = await three()
  for (const [verb, body] of [
    ['role', { role: 'caseworker' }],
    ['enable', {}],
  ] as const)
    expect((await act(verb, body)).statusCode).toBe(200)
  expect((await standing())[held]).toMatchObject({ state: 'active', holder: worker.id })
})

test('the tripwire gives back in the desk’s own name, and tells supervisors and administrators whose it was', async () => {
  const supervisor = await started.someone('supervisor', 'Super')
  const auditor = await started.someone('auditor', 'Auditor')
  const held = await house.asked()
  await house.claim(held, worker.id, 5)
  for (const { cookie } of [supervisor, root, other, auditor, worker])
    lines.push(await listen(started, cookie))
  const codes: number[] = []
  for (let at = 0; at <= MOST_CASES_AN_HOUR; at += 1) {
    started.clock.pass(1_000)
    const guess = String(90_000_000 + at)
    codes.push((await started.get(`/api/cases/${guess}`, worker.cookie)).statusCode)
  }
  expect(codes).toEqual([...Array.from({ length: MOST_CASES_AN_HOUR }, () => 404), 401])
  const [forSupervisor, forRoot, forOther, forAuditor, forWorker] = lines
  for (const line of [forSupervisor, forRoot])
    expect(told((await line?.until('tripwire')) ?? '')).toContainEqual({
      kind: 'tripwire',
      id: worker.id,
      name: 'Worker',
    })
  expect(await forWorker?.ended()).toBe(true)
  await forOther?.until('"queue"')
  for (const line of [forOther, forAuditor, forWorker]) expect(line?.text()).not.toContain('tripwire')
  await vi.waitFor(async () => expect((await standing())[held]).toEqual(WAITING))
  const log = await audited(started)
  expect(log.slice(MOST_CASES_AN_HOUR)).toEqual([
    `${worker.id} tripwire ${worker.id} done`,
    `desk case.release ${held} done`,
  ])
  expect(log.slice(0, 2)).toEqual([
    `${worker.id} case.open 90000000 gone`,
    `${worker.id} case.open 90000001 gone`,
  ])
})

describe('a command line that disables beside the desk', () => {
  test('has the cases given back by the upkeep, once', async () => {
    const { held, given, taken } = await three()
    const command = openSqliteAccounts(started.folder)
    await command.change(worker.id, { disabled: true })
    await command.close()
    expect((await standing())[held]).toMatchObject({ holder: worker.id })
    await started.desk.upkeep()
    expect(await standing()).toEqual({
      [held]: WAITING,
      [given]: WAITING,
      [taken]: { state: 'active', holder: other.id, offeredTo: undefined },
    })
    const log = await audited(started)
    expect(log.toSorted()).toEqual(
      [
        `desk case.release ${held} done`,
        `desk case.release ${given} done`,
        `desk case.reject ${taken} done`,
      ].toSorted(),
    )
    await started.desk.upkeep()
    expect(await audited(started)).toEqual(log)
  })

  test('catches a claim that was under way when its account was disabled', async () => {
    const id = await house.asked()
    const late = heldBack(house.claim)
    const desk = startDesk({ cases: { ...house, claim: late.work } })
    const claimer = await desk.someone('caseworker', 'Claimer')
    const { cookie } = await desk.someone('administrator', 'Root')
    const claiming = desk.post(`/api/cases/${id}/claim`, { after: 0 }, claimer.cookie)
    await late.reached
    expect((await desk.post(`/api/accounts/${claimer.id}/disable`, {}, cookie)).statusCode).toBe(200)
    late.go()
    await claiming
    expect((await standing())[id]).toMatchObject({ holder: claimer.id })
    await desk.desk.upkeep()
    expect((await standing())[id]).toEqual(WAITING)
    await desk.stop()
  })

  function heldBack<T extends unknown[], R>(work: (...args: T) => Promise<R>) {
    const [gate, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    return {
      go: gate.resolve,
      reached: reached.promise,
      async work(...args: T): Promise<R> {
        reached.resolve()
        await gate.promise
        return work(...args)
      },
    }
  }
})
