import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { deskMonths } from '../../src/main/desk/desk-months.ts'
import { gridOf } from '../../src/main/desk/statistics-grid.ts'
import { nameOf } from '../../src/statistics/counter-names.ts'
import type { ConversationId } from '../../src/storage/conversations.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import { startDesk } from '../desk/start-desk.ts'
import { demoPack } from '../directory/demo.ts'
import { turn } from '../storage/contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'months-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const many = (value: number, row: string, month: string, area?: string) =>
  Array<string>(value).fill(
    nameOf({ measure: 'contact', row, month, ...(area === undefined ? {} : { area }) }),
  )

async function opened() {
  const conversations = openSqliteConversations(mkdtempSync(join(folder, 'data-')))
  const counts = [
    ...many(60, 'en', '2029-10'),
    ...many(80, 'en', '2029-11'),
    ...many(50, 'en', '2029-11', 'demo/XV01'),
    ...many(30, 'es', '2029-11'),
    ...many(99, 'en', '2029-12'),
    ...many(99, 'en', '2030-01'),
  ]
  await conversations.commit(turn(Buffer.alloc(32, 7).toString('base64url') as ConversationId, 0, { counts }))
  let now = Date.UTC(2030, 0, 15, 12)
  const months = deskMonths({
    counts: () => conversations.counts(),
    grid: gridOf({ languages: ['en', 'es'], countsAreas: true }, [demoPack()]),
    clock: { now: () => now },
    areaName: (area) => `Place of ${area}`,
  })
  const started = startDesk({ months })
  await started.server.ready()
  return {
    started,
    set: (to: number) => void (now = to),
    async close() {
      await started.stop()
      await conversations.close()
    },
  }
}

describe('the months at the desk', () => {
  it('are read by supervisors and administrators, and by nobody else', async () => {
    const { started, close } = await opened()
    for (const role of ['supervisor', 'administrator'] as const) {
      const { cookie } = await started.someone(role)
      const answer = await started.get('/api/months', cookie)
      expect(answer.json()).toMatchObject({ months: ['2029-11', '2029-10'], month: '2029-11' })
      expect(answer.json().contacts).toEqual([
        { month: '2029-10', total: 60 },
        { month: '2029-11', total: 110 },
      ])
      expect(answer.json().tables[0]).toMatchObject({
        measure: 'contact',
        rows: ['en', 'es'],
        rowTotals: [80, 30],
      })
    }
    for (const role of ['caseworker', 'auditor'] as const) {
      const { cookie } = await started.someone(role)
      expect((await started.get('/api/months', cookie)).statusCode).toBe(403)
    }
    expect((await started.get('/api/months')).statusCode).toBe(401)
    await close()
  })

  it('end with the one before the last that is over, whatever is asked for', async () => {
    const { started, set, close } = await opened()
    const { cookie } = await started.someone('supervisor')
    const asked = async (month: string) =>
      (await started.get(`/api/months?month=${month}`, cookie)).statusCode
    expect([await asked('2029-11'), await asked('2029-12'), await asked('2030-01')]).toEqual([200, 404, 404])
    expect(await asked('2029-13')).toBe(400)
    set(Date.UTC(2030, 1, 1) - 1)
    expect(await asked('2029-12')).toBe(404)
    set(Date.UTC(2030, 1, 1))
    expect([await asked('2029-12'), await asked('2030-01')]).toEqual([200, 404])
    await close()
  })
})
