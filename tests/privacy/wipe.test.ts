import { describe, expect, it } from 'vitest'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import { type Wipe, wipe } from '../../src/privacy/wipe.ts'
import type { ConversationId } from '../../src/storage/conversations.ts'
import { aDeparture } from './a-departure.ts'

/** Each step of a wipe, and what it does when a step fails: how often it tries, what comes after, and what is said. */

type Step = 'withdraw' | 'destroy' | 'erase' | 'compact' | 'deleteChat' | 'answer'

/** `fails`: how often each step rejects before it works. Notes every step that was begun, and every wait. */
function steps(fails: Partial<Record<Step, number>> = {}, more: Partial<Wipe> = {}) {
  const diary: string[] = []
  const left = { ...fails }
  const step = (name: Step, said: string = name) => {
    diary.push(said)
    const times = left[name] ?? 0
    left[name] = times - 1
    return times > 0 ? Promise.reject(new Error(name)) : Promise.resolve()
  }
  const parts: Wipe = {
    id: 'hers' as ConversationId,
    keyId: 'key' as KeyId,
    departure: aDeparture(),
    vault: { destroy: (id) => step('destroy', `destroy ${id}`) },
    conversations: {
      erase: (id) => step('erase', `erase ${id}`).then(() => true),
      compact: () => step('compact').then(() => true),
    },
    raiseFence: () => void diary.push('fence'),
    deleteChat: () => step('deleteChat'),
    answer: (outcome) => step('answer', `answer ${outcome}`),
    wait: (ms) => {
      diary.push(`wait ${ms}`)
      return Promise.resolve()
    },
    compactLater: () => void diary.push('later'),
    ...more,
  }
  return { diary, parts, step }
}

const WHOLE = ['fence', 'deleteChat', 'destroy key', 'erase hers', 'answer done', 'compact']

describe('the steps of a wipe', () => {
  it('stand in the order that is safe', async () => {
    const { diary, parts } = steps()
    expect(await wipe(parts)).toBe('done')
    expect(diary).toEqual(WHOLE)
  })

  it('begin with what else is hers, and without it the key stays', async () => {
    const { diary, parts, step } = steps({ withdraw: 9 })
    expect(await wipe({ ...parts, withdraw: () => step('withdraw') })).toBe('failed')
    expect(diary).toEqual([
      'fence',
      'deleteChat',
      'withdraw',
      'wait 50',
      'withdraw',
      'wait 200',
      'withdraw',
      'wait 800',
      'withdraw',
      'answer failed',
    ])
  })

  it('go on when that works at last', async () => {
    const { diary, parts, step } = steps({ withdraw: 3 })
    expect(await wipe({ ...parts, withdraw: () => step('withdraw') })).toBe('done')
    expect(diary.filter((one) => one === 'withdraw')).toHaveLength(4)
    expect(diary.slice(-4)).toEqual(WHOLE.slice(-4))
  })

  it('try the key four times, and never say done without it', async () => {
    const { diary, parts } = steps({ destroy: 4 })
    expect(await wipe(parts)).toBe('failed')
    expect(diary).toEqual([
      'fence',
      'deleteChat',
      'destroy key',
      'wait 50',
      'destroy key',
      'wait 200',
      'destroy key',
      'wait 800',
      'destroy key',
      'answer failed',
    ])
  })

  it('are done when the key goes at the last try', async () => {
    const { diary, parts } = steps({ destroy: 3 })
    expect(await wipe(parts)).toBe('done')
    expect(diary.slice(-4)).toEqual(['destroy key', 'erase hers', 'answer done', 'compact'])
  })

  it('are done without the rows, which nobody can read any more', async () => {
    const { diary, parts } = steps({ erase: 4 })
    expect(await wipe(parts)).toBe('done')
    expect(diary.filter((one) => one === 'erase hers')).toHaveLength(4)
    expect(diary.slice(-2)).toEqual(['answer done', 'compact'])
  })

  it('do not stop for a platform that fails, at the chat or at the line', async () => {
    const { diary, parts } = steps({ deleteChat: 1, answer: 1 })
    expect(await wipe(parts)).toBe('done')
    expect(diary).toEqual(WHOLE)
    const second = steps({ destroy: 4, answer: 1 })
    expect(await wipe(second.parts)).toBe('failed')
  })

  it('clean the files later when they cannot be cleaned now, and only then', async () => {
    const rejected = steps({ compact: 1 })
    expect(await wipe(rejected.parts)).toBe('done')
    expect(rejected.diary).toEqual([...WHOLE, 'later'])
    const busy = steps()
    const compact = () => Promise.resolve(false)
    expect(await wipe({ ...busy.parts, conversations: { ...busy.parts.conversations, compact } })).toBe(
      'done',
    )
    expect(busy.diary.at(-1)).toBe('later')
  })
})
