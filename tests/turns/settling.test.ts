import { describe, expect, it } from 'vitest'
import type { ConversationId, Holding } from '../../src/storage/conversations.ts'
import { settleItem } from '../../src/turns/courier/settling.ts'

/** What a message that was sent becomes when the store is away, or others have gone on. */
const ID = 'hers' as ConversationId
const SETTLEMENT = { fence: 1, done: [] }

async function settle(answers: (Holding | Error)[], isOver: boolean) {
  const diary: string[] = []
  const outcome = {
    kind: 'done' as const,
    sent: {
      mark: { at: 0, sealed: new Uint8Array() },
      takeBack: () => Promise.resolve(diary.push('taken back')),
    },
  }
  const lease = {
    standing: () => 'held' as const,
    inTheWay: () => undefined,
    renew: () => Promise.resolve('held' as const),
    isOver: () => isOver,
    end: () => {},
  }
  const parts = {
    conversations: {
      settle() {
        const answer = answers.shift() ?? new Error('too many')
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
      },
    },
    pause: (ms: number) => Promise.resolve(void diary.push(String(ms))),
  }
  const held = await settleItem(parts, ID, SETTLEMENT, outcome, lease).catch(
    (error: unknown) => (error as Error).message,
  )
  return [held, ...diary]
}

const away = () => new Error('away')

describe('a message that was sent', () => {
  it('stays where it could be written down, at once or after the store was away', async () => {
    expect(await settle(['held'], false)).toEqual(['held'])
    expect(await settle([away(), away(), 'held'], false)).toEqual(['held', '100', '400'])
  })

  it('is taken back where she left meanwhile, or another went on without this process', async () => {
    expect(await settle(['left'], false)).toEqual(['left', 'taken back'])
    expect(await settle(['lost'], false)).toEqual(['lost', 'taken back'])
    expect(await settle([away(), 'lost'], true)).toEqual(['lost', '100', 'taken back'])
  })

  it('stays where only the answer was lost, and what came after it has begun', async () => {
    expect(await settle([away(), 'lost'], false)).toEqual(['lost', '100'])
  })

  it('is taken back where it cannot be written down and will be sent again elsewhere', async () => {
    const never = () => [away(), away(), away(), away()]
    expect(await settle(never(), true)).toEqual(['away', '100', '400', '1500', 'taken back'])
    expect(await settle(never(), false)).toEqual(['away', '100', '400', '1500'])
  })
})
