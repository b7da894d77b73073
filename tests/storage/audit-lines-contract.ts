import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Accounts, StoredAuditLine } from '../../src/storage/accounts.ts'
import { bytes, type Opened } from './accounts-contract.ts'

/** What every store of accounts must keep to with the lines of the audit log. */
export function auditLinesContract(name: string, open: Opened): void {
  describe(`${name} as a store of audit lines`, () => {
    let store: Accounts
    let done: () => Promise<void>
    beforeEach(async () => ({ store, done } = await open()))
    afterEach(() => done())

    test('numbers audit lines without a gap, whoever writes at the same moment', async () => {
      const write = (actor: string) =>
        store.appendAudit((last) => {
          const seq = (last?.seq ?? 0) + 1
          const line = { seq, hour: 'h', actor, verb: 'v', subject: '', outcome: 'done', mac: bytes() }
          return { line, head: { seq, mac: bytes() } }
        })
      expect(await Promise.all(['a', 'b', 'c'].map(write))).toEqual([1, 2, 3])
      expect((await store.auditFrom(2, 10)).map(({ actor }) => actor)).toEqual(['b', 'c'])
      expect((await store.auditBefore(3, 10)).map(({ actor }) => actor)).toEqual(['b', 'a'])
      expect((await store.auditHead())?.seq).toBe(3)
    })

    describe('of old audit lines', () => {
      async function lines(...hours: string[]) {
        for (const hour of hours)
          await store.appendAudit((last) => {
            const seq = (last?.seq ?? 0) + 1
            const line = { seq, hour, actor: 'a', verb: 'v', subject: '', outcome: 'done', mac: bytes() }
            return { line, head: { seq, mac: bytes() } }
          })
      }
      const seqs = async () => (await store.auditFrom(0, 100)).map(({ seq }) => seq)
      const seal = bytes()
      const anchor = ({ seq, mac }: StoredAuditLine) => ({ seq, mac, seal })

      test('those before the time leave, and what is said of the last of them is kept', async () => {
        await lines('2030-01-01T10', '2030-01-01T11', '2030-01-01T12', '2030-01-01T13')
        const [, second] = await store.auditFrom(1, 2)
        expect(await store.auditAnchor()).toBeUndefined()
        expect(await store.pruneAudit('2030-01-01T12', anchor)).toBe(2)
        expect(await seqs()).toEqual([3, 4])
        expect(await store.auditAnchor()).toEqual({ seq: 2, mac: second?.mac, seal })
        expect(await store.pruneAudit('2030-01-01T12', anchor)).toBe(0)
        expect((await store.auditAnchor())?.seq).toBe(2)
        await lines('2030-01-01T14')
        expect(await seqs()).toEqual([3, 4, 5])
      })

      test('the newest stays, however old, and nothing leaves an empty log', async () => {
        expect(await store.pruneAudit('2031', anchor)).toBe(0)
        expect(await store.auditAnchor()).toBeUndefined()
        await lines('2029', '2029', '2029')
        expect(await store.pruneAudit('2031', anchor)).toBe(2)
        expect(await seqs()).toEqual([3])
        expect(await store.pruneAudit('2031', anchor)).toBe(0)
        await lines('2031')
        expect(await seqs()).toEqual([3, 4])
      })

      test('an old hour behind a young line waits for it: what leaves is the beginning', async () => {
        await lines('2029', '2031', '2029', '2029')
        expect(await store.pruneAudit('2030', anchor)).toBe(1)
        expect(await seqs()).toEqual([2, 3, 4])
      })
    })
  })
}
