import { createSecretKey, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAudit } from '../../src/desk/server/audit.ts'
import { deskKeys } from '../../src/desk/server/keys.ts'
import type { AuditAnswer, AuditExport } from '../../src/desk/wire.ts'
import { startDesk, type Started } from './start-desk.ts'

/** Old lines leave, and what is left still shows what was changed, put in, taken out or cut off. */
const HOUR = 3_600_000
const DAY = 24 * HOUR

let started: Started
beforeEach(() => {
  started = startDesk({ auditKeptDays: 30 })
})
afterEach(() => started.stop())

const audit = (key = started.keys.audit) => createAudit(started.accounts, key, started.clock)
const verify = () => audit().verify()
const seqs = async () => (await started.accounts.auditFrom(0, 5_000)).map(({ seq }) => seq)
async function write(lines: number): Promise<void> {
  const line = { actor: 'a', verb: 'case.open', subject: '1' } as const
  await Promise.all(Array.from({ length: lines }, () => audit().note(line)))
}
function edit(sql: string): void {
  const db = new DatabaseSync(join(started.folder, 'desk.db'))
  db.exec(sql)
  db.close()
}
/** Five lines leave, five stay and one says so: 6 to 11. */
async function pruned(): Promise<void> {
  await write(5)
  started.clock.pass(30 * DAY)
  await write(5)
  started.clock.pass(HOUR)
  await started.desk.upkeep()
}

describe('the desk’s upkeep', () => {
  test('lets go of lines whose time is over, says up to which, and the rest is whole', async () => {
    await pruned()
    expect(await seqs()).toEqual([6, 7, 8, 9, 10, 11])
    expect((await started.accounts.auditFrom(11, 1))[0]).toMatchObject({
      actor: 'desk',
      verb: 'audit.prune',
      subject: '5',
      outcome: 'done',
    })
    expect(await verify()).toEqual({ kind: 'intact', upTo: 11 })
  })

  test('keeps a line to the end of its last hour', async () => {
    await write(2)
    await started.desk.upkeep()
    started.clock.pass(30 * DAY)
    await started.desk.upkeep()
    expect(await seqs()).toEqual([1, 2])
    started.clock.pass(HOUR)
    await started.desk.upkeep()
    expect((await seqs())[0]).toBe(2)
  })

  test('looks once an hour, however often it is called', async () => {
    await write(2)
    started.clock.pass(31 * DAY)
    await started.desk.upkeep()
    expect(await seqs()).toEqual([2, 3])
    started.clock.pass(31 * DAY)
    await write(1)
    await started.desk.upkeep()
    expect(await seqs()).toEqual([4, 5])
    started.clock.pass(HOUR - 1)
    await started.desk.upkeep()
    expect(await seqs()).toEqual([4, 5])
  })

  test('keeps the newest line alone for ever, and writes nothing where nothing leaves', async () => {
    await write(1)
    for (const _ of [1, 2, 3]) {
      started.clock.pass(60 * DAY)
      await started.desk.upkeep()
    }
    expect(await seqs()).toEqual([1])
    expect(await started.accounts.auditAnchor()).toBeUndefined()
  })

  test('keeps them for a year where nothing else is said', async () => {
    await started.stop()
    started = startDesk()
    await write(2)
    started.clock.pass(365 * DAY)
    await started.desk.upkeep()
    expect(await seqs()).toEqual([1, 2])
    started.clock.pass(HOUR)
    await started.desk.upkeep()
    expect(await seqs()).toEqual([2, 3])
  })

  test('lets go again and again, and each time the rest is whole', async () => {
    for (let round = 0; round < 4; round += 1) {
      await write(3)
      started.clock.pass(31 * DAY)
      await started.desk.upkeep()
      expect(await verify()).toMatchObject({ kind: 'intact' })
    }
    expect(await seqs()).toEqual([15, 16])
    expect((await started.accounts.auditAnchor())?.seq).toBe(14)
  })

  test('lets go of nothing of a log that is broken, however old it was made to look', async () => {
    await write(3)
    edit("UPDATE audit SET hour = '2001-01-01T00:00Z' WHERE seq <= 2")
    started.clock.pass(HOUR)
    await started.desk.upkeep()
    expect(await seqs()).toEqual([1, 2, 3])
    expect(await verify()).toEqual({ kind: 'broken', at: 1 })
    started.clock.pass(365 * DAY)
    await started.desk.upkeep()
    expect(await seqs()).toEqual([1, 2, 3])
  })

  test('lines that are written and read while others leave break nothing', async () => {
    await write(600)
    started.clock.pass(31 * DAY)
    const [, first, , second] = await Promise.all([started.desk.upkeep(), verify(), write(5), verify()])
    expect([first.kind, second.kind]).toEqual(['intact', 'intact'])
    expect(await verify()).toMatchObject({ kind: 'intact' })
  })
})

describe('after old lines have left', () => {
  test.each([
    ['an actor that was changed', "UPDATE audit SET actor = 'b' WHERE seq = 8", 8],
    ['the first line that was changed', "UPDATE audit SET outcome = 'refused' WHERE seq = 6", 6],
    ['the first line that was taken out', 'DELETE FROM audit WHERE seq = 6', 6],
    ['a line that was taken out', 'DELETE FROM audit WHERE seq = 9', 9],
    ['the word on what left, changed', "UPDATE audit SET subject = '3' WHERE seq = 11", 11],
    ['the end that was cut off', 'DELETE FROM audit WHERE seq > 9', 10],
    [
      'the end that was cut off with its number',
      'DELETE FROM audit WHERE seq > 9; DELETE FROM audit_head',
      10,
    ],
    ['a number that was put back', 'DELETE FROM audit WHERE seq > 9; UPDATE audit_head SET seq = 9', 10],
    ['everything that was cut off', 'DELETE FROM audit', 6],
    ['everything that was cut off with its number', 'DELETE FROM audit; DELETE FROM audit_head', 6],
    ['a line put before the first', "INSERT INTO audit VALUES (5, 'h', 'a', 'v', '', 'done', x'00')", 5],
    ['a line put before all', "INSERT INTO audit VALUES (-7, 'h', 'a', 'v', '', 'done', x'00')", -7],
    ['an anchor that was taken out', 'DELETE FROM audit_anchor', 1],
    ['an anchor with another number', 'UPDATE audit_anchor SET seq = 4', 6],
    ['an anchor with another mac', 'UPDATE audit_anchor SET mac = zeroblob(32)', 6],
    ['an anchor with another seal', 'UPDATE audit_anchor SET seal = zeroblob(32)', 6],
    ['an anchor whose seal is short', "UPDATE audit_anchor SET seal = x'00'", 6],
    [
      'a beginning that was taken out, with an anchor to fit',
      `UPDATE audit_anchor SET seq = 7, mac = (SELECT mac FROM audit WHERE seq = 7); DELETE FROM audit WHERE seq <= 7`,
      8,
    ],
  ])('%s is found', async (_, sql, at) => {
    await pruned()
    edit(sql)
    expect(await verify()).toEqual({ kind: 'broken', at })
  })

  test('an anchor of another root key is none', async () => {
    await pruned()
    const foreign = deskKeys(createSecretKey(randomBytes(32))).audit
    const [line] = await started.accounts.auditFrom(8, 1)
    const { accounts, clock } = started
    const elsewhere = createAudit(accounts, foreign, clock)
    expect(await elsewhere.verify()).toEqual({ kind: 'broken', at: 6 })
    expect(await elsewhere.prune(clock.now() + DAY)).toBe(0)
    expect((await accounts.auditFrom(8, 1))[0]).toEqual(line)
  })

  test('an anchor of before is not put back', async () => {
    await pruned()
    const before = await started.accounts.auditAnchor()
    started.clock.pass(31 * DAY)
    await started.desk.upkeep()
    const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')
    edit(
      `UPDATE audit_anchor SET seq = ${before?.seq}, mac = x'${hex(before?.mac)}', seal = x'${hex(before?.seal)}'`,
    )
    expect(await verify()).toEqual({ kind: 'broken', at: 6 })
  })
})

describe('an auditor', () => {
  test('reads from where the log begins, with seals that no two lines share', async () => {
    await pruned()
    const { cookie } = await started.someone('auditor')
    const page = (await started.get('/api/audit', cookie)).json<AuditAnswer>()
    expect([page.intact, page.first]).toEqual([true, 6])
    expect(page.lines.map(({ seq }) => seq)).toEqual([11, 10, 9, 8, 7, 6])
    const kept = await started.accounts.auditFrom(6, 10)
    for (const { seq, seal } of page.lines) {
      expect(seal).toMatch(/^(?:[\da-f]{4} ){4}[\da-f]{4}$/u)
      const mac = kept.find((line) => line.seq === seq)?.mac ?? new Uint8Array()
      expect(Buffer.from(mac).toString('hex').startsWith(seal.replaceAll(' ', ''))).toBe(true)
    }
    expect(new Set(page.lines.map(({ seal }) => seal)).size).toBe(6)
    const older = (await started.get('/api/audit?before=8', cookie)).json<AuditAnswer>()
    expect(older.lines.map(({ seq }) => seq)).toEqual([7, 6])
    edit('UPDATE audit_anchor SET seal = zeroblob(32)')
    expect((await started.get('/api/audit', cookie)).json()).toMatchObject({ intact: false })
  })

  test('takes the whole log out in parts, each once, with its own asking at the end', async () => {
    await write(2_001)
    const auditor = await started.someone('auditor')
    const take = async (body: object) =>
      (await started.post('/api/audit/export', body, auditor.cookie)).json<AuditExport>()
    const first = await take({})
    expect([first.lines.length, first.lines[0]?.seq, first.next, first.isLast]).toEqual([
      2_000,
      1,
      2_001,
      false,
    ])
    const second = await take({ from: first.next })
    expect(second.lines.map(({ seq, verb, actor }) => [seq, verb, actor])).toEqual([
      [2_001, 'case.open', 'a'],
      [2_002, 'audit.export', auditor.id],
      [2_003, 'audit.export', auditor.id],
    ])
    expect([second.next, second.isLast]).toEqual([2_004, true])
    const kept = await started.accounts.auditFrom(1, 5_000)
    const out = [...first.lines, ...second.lines]
    expect(out.map(({ mac }) => mac)).toEqual(kept.map(({ mac }) => Buffer.from(mac).toString('base64url')))
    expect(Object.keys(out[0] ?? {}).toSorted()).toEqual(
      ['actor', 'hour', 'mac', 'outcome', 'seq', 'subject', 'verb'].toSorted(),
    )
    const beyond = await take({ from: 9_000 })
    expect([beyond.lines, beyond.next, beyond.isLast]).toEqual([[], 9_000, true])
  })

  test.each([{ from: '1' }, { from: null }, { from: -1 }, { from: 1.5 }, { from: [] }, { to: 3 }])(
    'is refused an export of %j',
    async (body) => {
      const { cookie } = await started.someone('auditor')
      const answer = await started.post('/api/audit/export', body, cookie)
      expect([answer.statusCode, answer.json()]).toEqual([400, { refused: 'invalid' }])
      expect(await seqs()).toEqual([])
    },
  )

  test.each(['-1', '1e3', '0x10', '', ' 5', '99999999999999999999'])(
    'is refused a page before %j',
    async (before) => {
      const { cookie } = await started.someone('auditor')
      const answer = await started.get(`/api/audit?before=${encodeURIComponent(before)}`, cookie)
      expect(answer.statusCode).toBe(400)
    },
  )
})
