import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAudit } from '../../src/desk/server/audit.ts'
import { deskKeys } from '../../src/desk/server/keys.ts'
import { createSecretKey, randomBytes } from 'node:crypto'
import { startDesk, type Started } from './start-desk.ts'

let started: Started
beforeEach(() => {
  started = startDesk()
})
afterEach(() => started.stop())
const auditWith = (key = started.keys.audit) => createAudit(started.accounts, key, started.clock)

function edit(sql: string): void {
  const db = new DatabaseSync(join(started.folder, 'desk.db'))
  db.exec(sql)
  db.close()
}

describe('the audit log', () => {
  async function written(lines: number): Promise<void> {
    const audit = auditWith()
    for (let at = 0; at < lines; at += 1) await audit.note({ actor: 'a', verb: 'case.open', subject: '1' })
  }

  test('is intact as it was written, empty too', async () => {
    expect(await auditWith().verify()).toEqual({ kind: 'intact', upTo: 0 })
    await written(5)
    expect(await auditWith().verify()).toEqual({ kind: 'intact', upTo: 5 })
  })

  test('lines that are written while it is read break nothing', async () => {
    await written(3)
    const audit = auditWith()
    const [verdict] = await Promise.all([audit.verify(), written(3)])
    expect(verdict.kind).toBe('intact')
    expect(await audit.verify()).toEqual({ kind: 'intact', upTo: 6 })
  })

  test.each([
    ['an actor that was changed', "UPDATE audit SET actor = 'b' WHERE seq = 3", 3],
    ['an hour that was changed', "UPDATE audit SET hour = '' WHERE seq = 5", 5],
    ['a line that was taken out', 'DELETE FROM audit WHERE seq = 2', 2],
    [
      'two lines that changed places',
      'UPDATE audit SET seq = -2 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = -2',
      2,
    ],
    ['the end that was cut off', 'DELETE FROM audit WHERE seq > 3', 4],
    ['everything that was cut off', 'DELETE FROM audit', 1],
    [
      'the end that was cut off with its number',
      'DELETE FROM audit WHERE seq > 3; DELETE FROM audit_head',
      4,
    ],
    ['a number that was put back', 'DELETE FROM audit WHERE seq > 3; UPDATE audit_head SET seq = 3', 4],
    ['a line put before the first', "INSERT INTO audit VALUES (0, 'h', 'a', 'v', '', 'done', x'00')", 0],
    ['a line that was put in', "INSERT INTO audit VALUES (6, 'h', 'a', 'v', '', 'done', x'00')", 6],
  ])('%s is found', async (_, sql, at) => {
    await written(5)
    edit(sql)
    expect(await auditWith().verify()).toEqual({ kind: 'broken', at })
  })

  test('cannot be written anew without the root key', async () => {
    await written(2)
    edit('DELETE FROM audit; DELETE FROM audit_head')
    const foreign = deskKeys(createSecretKey(randomBytes(32))).audit
    await auditWith(foreign).note({ actor: 'a', verb: 'case.open' })
    expect(await auditWith().verify()).toEqual({ kind: 'broken', at: 1 })
  })

  test('is read with names and exported with ids, and says when it is broken', async () => {
    const auditor = await started.someone('auditor', 'Reader')
    const page = await started.get('/api/audit', auditor.cookie)
    expect(page.json()).toMatchObject({ lines: [], intact: true })
    const out = await started.post('/api/audit/export', {}, auditor.cookie)
    expect(out.json()).toMatchObject({
      lines: [{ seq: 1, actor: auditor.id, verb: 'audit.export' }],
      next: 2,
    })
    expect((await started.get('/api/audit', auditor.cookie)).json()).toMatchObject({
      lines: [{ seq: 1, hour: '2030-01-15T12:00Z', actor: 'Reader', verb: 'audit.export', outcome: 'done' }],
    })
    edit("UPDATE audit SET outcome = 'refused' WHERE seq = 1")
    expect((await started.get('/api/audit', auditor.cookie)).json()).toMatchObject({ intact: false })
  })

  test('notes who asked for what their role may not', async () => {
    const worker = await started.someone('caseworker')
    await started.get('/api/accounts', worker.cookie)
    expect(await started.accounts.auditFrom(1, 10)).toMatchObject([
      { actor: worker.id, verb: 'forbidden', subject: 'GET /desk/api/accounts', outcome: 'refused' },
    ])
  })
})
