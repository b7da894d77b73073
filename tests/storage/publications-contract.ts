import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Author,
  KEPT_EDITIONS,
  type Publications,
  type Publishing,
} from '../../src/storage/publications.ts'

/** What every store of editions must do. */
export const [officer, lead] = ['cli:IM officer' as Author, 'desk:lead' as Author]
export const edition = (base: number, more: Partial<Publishing> = {}): Publishing => ({
  pack: 'demo',
  base,
  content: `["edition ${base + 1}"]`,
  by: lead,
  at: 1_000 + base,
  about: 'import',
  ...more,
})
export const proposal = (more = {}) => ({
  ...({ pack: 'demo', kind: 'list', base: 0, by: officer, at: 500, about: 'import of a sheet' } as const),
  content: '["proposed, прапанова"]',
  ...more,
})

export function publicationsContract(name: string, open: () => Publications | Promise<Publications>): void {
  describe(`${name} as a store of editions`, () => {
    let store: Publications
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())

    it('has nothing live until something is published, and numbers each pack for itself', async () => {
      expect([await store.live('demo'), await store.editions('demo'), await store.version()]).toEqual([
        undefined,
        [],
        0,
      ])
      expect(await store.publish(edition(0))).toEqual({ number: 1 })
      expect(await store.publish(edition(1, { about: 'checked: clinic-1' }))).toEqual({ number: 2 })
      expect(await store.publish(edition(0, { pack: 'other' }))).toEqual({ number: 1 })
      const { content, ...head } = (await store.live('demo')) ?? { content: '' }
      expect(content).toBe('["edition 2"]')
      expect(head).toEqual({
        pack: 'demo',
        number: 2,
        at: 1_001,
        by: lead,
        approvedBy: lead,
        about: 'checked: clinic-1',
      })
      expect((await store.editions('demo')).map(({ number }) => number)).toEqual([2, 1])
      expect((await store.edition('demo', 1))?.content).toBe('["edition 1"]')
      expect(await store.edition('demo', 3)).toBeUndefined()
    })

    it('refuses what was made on another edition than the live one', async () => {
      await store.publish(edition(0))
      expect(await store.publish(edition(0, { content: '["late"]' }))).toBe('stale')
      expect(await store.publish(edition(5))).toBe('stale')
      expect((await store.live('demo'))?.content).toBe('["edition 1"]')
    })

    it('lets exactly one of two win that publish on the same edition', async () => {
      const answers = await Promise.all([store.publish(edition(0)), store.publish(edition(0))])
      expect(answers).toHaveLength(2)
      expect(answers).toEqual(expect.arrayContaining([{ number: 1 }, 'stale']))
    })

    it('remembers which edition it went back to', async () => {
      await store.publish(edition(0))
      await store.publish(edition(1, { backTo: 0 }))
      expect((await store.editions('demo')).map(({ backTo }) => backTo)).toEqual([0, undefined])
      expect((await store.live('demo'))?.backTo).toBe(0)
    })

    it('publishes a proposal under two names, and it leaves the list with the same write', async () => {
      const id = await store.propose(proposal())
      expect(await store.publish(edition(0, { proposal: id }))).toEqual({ number: 1 })
      expect(await store.editions('demo')).toMatchObject([{ by: officer, approvedBy: lead }])
      expect([await store.waiting(), await store.proposal(id)]).toEqual([[], undefined])
      expect(await store.publish(edition(1, { proposal: id }))).toBe('gone')
    })

    it('does not let anybody publish their own proposal', async () => {
      const id = await store.propose(proposal())
      expect(await store.publish(edition(0, { proposal: id, by: officer }))).toBe('samePerson')
      expect([await store.live('demo'), (await store.waiting()).length]).toEqual([undefined, 1])
    })

    it('keeps a proposal that could not be published', async () => {
      await store.publish(edition(0))
      const id = await store.propose(proposal())
      expect(await store.publish(edition(0, { proposal: id }))).toBe('stale')
      expect(await store.publish(edition(0, { pack: 'other', proposal: id }))).toBe('gone')
      expect((await store.proposal(id))?.content).toBe(proposal().content)
    })

    it('gives the oldest proposal first, by pack, and refuses each once', async () => {
      const first = await store.propose(proposal({ about: 'first' }))
      const second = await store.propose(proposal({ kind: 'correction', about: 'second' }))
      const other = await store.propose(proposal({ pack: 'other' }))
      const { content: _, ...head } = { ...proposal({ kind: 'correction', about: 'second' }), id: second }
      expect((await store.waiting()).map(({ id }) => id)).toEqual([first, second, other])
      expect((await store.waiting('demo'))[1]).toEqual(head)
      expect(await store.proposal(second)).toEqual({ ...head, content: proposal().content })
      expect([await store.refuse(second), await store.refuse(second), await store.refuse(99)]).toEqual([
        true,
        false,
        false,
      ])
      expect((await store.waiting('demo')).map(({ id }) => id)).toEqual([first])
    })

    it('never gives the number of an answered proposal to another one', async () => {
      const first = await store.propose(proposal())
      await store.refuse(first)
      expect(await store.propose(proposal())).toBeGreaterThan(first)
    })

    it('keeps the last editions of each pack and counts on', async () => {
      await store.publish(edition(0, { pack: 'other' }))
      for (let base = 0; base < KEPT_EDITIONS + 3; base += 1) await store.publish(edition(base))
      const numbers = (await store.editions('demo')).map(({ number }) => number)
      expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([KEPT_EDITIONS, KEPT_EDITIONS + 3, 4])
      expect(await store.edition('demo', 3)).toBeUndefined()
      expect((await store.edition('demo', 4))?.content).toBe('["edition 4"]')
      expect((await store.live('other'))?.number).toBe(1)
    })

    it('has a version that grows with what goes live and with nothing else', async () => {
      const seen = [await store.version()]
      const id = await store.propose(proposal())
      seen.push(await store.version())
      await store.publish(edition(0, { proposal: id }))
      seen.push(await store.version())
      await store.publish(edition(0))
      seen.push(await store.version())
      await store.publish(edition(0, { pack: 'other' }))
      seen.push(await store.version())
      const [start = 0, proposed, live = 0, stale, other = 0] = seen
      expect([proposed, live > start, stale, other > live]).toEqual([start, true, live, true])
    })
  })
}
