import { beforeAll, describe, expect, it } from 'vitest'
import type { Inbound } from '../../src/channels/channel.ts'
import type { Conversation } from '../../src/conversation/conversation.ts'
import type { Engine } from '../../src/conversation/engine.ts'
import type { Message } from '../../src/conversation/message.ts'
import { silentLog } from '../../src/operations/log.ts'
import { type Sensitive, sensitive } from '../../src/privacy/sensitive.ts'
import type { Key, KeyId } from '../../src/privacy/vault/vault.ts'
import type { ConversationId, Mark, Stored } from '../../src/storage/conversations.ts'
import { createErasing } from '../../src/turns/leaving/erasing.ts'
import { createFence } from '../../src/turns/leaving/fence.ts'
import { sealMark } from '../../src/turns/written/records.ts'
import { englishEngine, MONDAY } from '../conversation/english-engine.ts'
import { aKey } from '../privacy/a-key.ts'

/** The two ways in which a conversation ends for good, step by step, with parts that note what is asked of them. */

const ID = 'hers' as ConversationId
const OLDER = 'hers-before' as ConversationId
const HOUR_MS = 3_600_000
let engine: Engine
let key: Key
beforeAll(async () => {
  engine = await englishEngine()
  key = aKey()
})

interface World {
  marks?: readonly Mark[]
  marksFail?: boolean
  barFails?: boolean
  barred?: ('held' | 'busy' | 'gone')[]
  destroyFails?: boolean
  withdrawFails?: boolean
  withDesk?: boolean
  noChannel?: boolean
  hangs?: boolean
  /** So long is the process stopped before the key is gone. */
  stoppedMs?: number
  /** The ten seconds end at once. */
  late?: boolean
  entrance?: 'open' | 'covered'
}

function world(wish: World = {}) {
  const diary: string[] = []
  const answers: Message[] = []
  const withdrawn: unknown[] = []
  const outcomes: string[] = []
  const events: string[] = []
  const waits: number[] = []
  const fence = createFence()
  let now = MONDAY
  const note = <T>(what: string, value: T, fails = false): Promise<T> => {
    diary.push(what)
    return fails ? Promise.reject(new Error(what)) : Promise.resolve(value)
  }
  const forget = (to: Sensitive<string>, messages: readonly Sensitive<string>[]) =>
    wish.hangs === true
      ? new Promise<number>(() => {})
      : note(`forget ${messages.map((one) => one.reveal()).join()} of ${to.reveal()}`, 0)
  const erasing = createErasing(
    {
      engine,
      entrance: wish.entrance ?? 'open',
      clock: { now: () => now },
      random: { bytes: () => new Uint8Array([0, 0, 0, 18]) },
      fence,
      vault: {
        destroy(id: KeyId) {
          now += wish.stoppedMs ?? 0
          return note(`destroy ${id}`, undefined, wish.destroyFails)
        },
      },
      conversations: {
        bar: (id: string, lease: { fence: number; until: number }, at: number) =>
          note(`bar ${id} ${lease.fence} ${lease.until - at}`, wish.barred?.shift() ?? 'held', wish.barFails),
        settle: (id: string, { fence: at, retry }: { fence: number; retry?: { untried?: boolean } }) =>
          note(`settle ${id} ${at} ${String(retry?.untried)}`, 'held'),
        marks: (id: string) => note(`marks ${id}`, wish.marks ?? [], wish.marksFail),
        erase: (id: string) => note(`erase ${id}`, undefined),
        compact: () => note('compact', true),
      },
      channels: new Map(wish.noChannel === true ? [] : [['telegram', { name: 'telegram', forget }]]),
      log: { ...silentLog, event: (name: string) => void events.push(name) },
      wiped: (outcome: string) => void outcomes.push(outcome),
      wait: (ms: number) => {
        waits.push(ms)
        const ends = wish.hangs === true || wish.late === true || ms < 10_000
        return ends ? moment() : new Promise<void>(() => {})
      },
      compactLater: () => {},
      ...(wish.withDesk === true
        ? {
            withdraw: (person: unknown) => {
              withdrawn.push(person)
              return note('withdraw', undefined, wish.withdrawFails)
            },
          }
        : {}),
    } as never,
    (_inbound, message) => {
      answers.push(message)
      return note('answer', undefined)
    },
  )
  const asked = (inbound: Partial<Inbound> = {}, conversation = talking('40718263')) =>
    erasing.asked(
      anInbound({ eventId: sensitive('the yes that erased'), at: 0, ...inbound }),
      [ID, OLDER],
      { stored: { id: ID, keyId: key.id } as Stored, key, conversation },
      conversation,
    )
  return { erasing, asked, diary, answers, withdrawn, outcomes, events, waits, fence }
}

function anInbound(more: Partial<Inbound>): Inbound {
  return {
    channel: 'telegram',
    look: 'telegram',
    address: sensitive('7'),
    content: { kind: 'text', text: 'yes' },
    messageId: sensitive('m9'),
    ...more,
  } as Inbound
}

function talking(of: string, language = 'en'): Conversation {
  const fresh = engine.fresh('telegram')
  return { ...fresh, context: { ...fresh.context, case: of, language } }
}

const BAR = `bar ${ID} 9 60000`
/** Lets everything run that does not wait for anything. */
const moment = () => new Promise<void>((resolve) => void setImmediate(resolve))
const mark = (id: string, at: number): Mark => sealMark(key, sensitive(id), at)

describe('erasing as she asked', () => {
  it('takes the messages that can still be taken, then the key, then the rows, then says one line', async () => {
    const { asked, diary, answers, outcomes, events } = world({
      marks: [mark('m1', MONDAY - 49 * HOUR_MS), mark('m2', MONDAY - 47 * HOUR_MS)],
    })
    expect(await asked()).toBe('done')
    expect(diary).toEqual([
      BAR,
      `marks ${ID}`,
      'forget m2,m9 of 7',
      `destroy ${key.id}`,
      `erase ${ID}`,
      'answer',
      'compact',
    ])
    expect(answers.map(({ text }) => text)).toEqual([engine.coverLine('en', MONDAY).text])
    expect([outcomes, events]).toEqual([['done'], ['wipe.done']])
  })

  it('goes on where the store cannot say which messages there were', async () => {
    const { asked, diary } = world({ marksFail: true, barFails: true })
    expect(await asked()).toBe('done')
    expect(diary).toContain('forget m9 of 7')
  })

  it('asks for nothing that is not there: a mark of another key, an event without an id', async () => {
    const { asked, diary } = world({ marks: [sealMark(aKey(), sensitive('m1'), MONDAY)] })
    expect(await asked({ messageId: undefined as never })).toBe('done')
    expect(diary).toContain('forget  of 7')
  })

  it('deletes nothing on WhatsApp, which cannot, nor where the platform is not served any more', async () => {
    const whatsapp = world()
    expect(await whatsapp.asked({ look: 'whatsapp' })).toBe('done')
    expect(whatsapp.diary.slice(0, 2)).toEqual([BAR, `destroy ${key.id}`])
    const { asked, diary } = world({ noChannel: true })
    expect(await asked()).toBe('done')
    expect(diary.slice(0, 2)).toEqual([BAR, `destroy ${key.id}`])
  })

  it('looks again until no other process is sending, and only then at what there is to delete', async () => {
    const { asked, diary, waits } = world({ barred: ['busy', 'busy', 'held'] })
    expect(await asked()).toBe('done')
    expect(diary.slice(0, 4)).toEqual([BAR, BAR, BAR, `marks ${ID}`])
    expect(waits).toEqual([10_000, 50, 50, 10_000])
  })

  it('bars the way once more between keys and rows when it was stopped for longer than the first bar holds', async () => {
    const late = world({ stoppedMs: 60_000, barred: ['held', 'busy', 'held'] })
    expect(await late.asked()).toBe('done')
    const [destroyed, erased] = [`destroy ${key.id}`, `erase ${ID}`].map((one) => late.diary.indexOf(one))
    expect(late.diary.slice(destroyed, (erased ?? 0) + 1)).toEqual([
      `destroy ${key.id}`,
      BAR,
      BAR,
      `erase ${ID}`,
    ])
    const soon = world({ stoppedMs: 59_999 })
    expect(await soon.asked()).toBe('done')
    expect(soon.diary.filter((one) => one === BAR)).toHaveLength(1)
  })

  it('waits ten seconds at most for a platform that does not answer', async () => {
    const { asked, waits } = world({ hangs: true })
    expect(await asked()).toBe('done')
    expect(waits).toEqual([10_000, 10_000])
  })

  it('waits ten seconds at most for another process that is sending, and then deletes what it knows of', async () => {
    const { asked, diary } = world({ barred: Array.from({ length: 500 }, () => 'busy' as const), late: true })
    expect(await asked()).toBe('done')
    expect(diary).toContain('forget m9 of 7')
    const looks = diary.filter((line) => line === BAR).length
    await moment()
    expect(diary.filter((line) => line === BAR)).toHaveLength(looks)
  })

  it('says nothing and deletes nothing where she blocked the bot', async () => {
    const { asked, diary, answers } = world()
    expect(await asked({ content: { kind: 'blocked' } })).toBe('done')
    expect(diary).toEqual([BAR, `destroy ${key.id}`, `erase ${ID}`, 'compact'])
    expect(answers).toEqual([])
  })

  it('tells the truth when the key could not be destroyed', async () => {
    const { asked, answers, outcomes, events, diary } = world({ destroyFails: true })
    expect(await asked()).toBe('failed')
    expect(diary.at(-1)).toBe(`settle ${ID} 9 true`)
    expect(answers[0]?.text).toMatch(/^This is not done yet/u)
    expect([outcomes, events]).toEqual([['failed'], ['wipe.failed']])
  })

  it('takes back her case first, by every name that she may have', async () => {
    const { asked, diary, withdrawn } = world({ withDesk: true })
    expect(await asked()).toBe('done')
    expect(diary.indexOf('withdraw')).toBeLessThan(diary.indexOf(`destroy ${key.id}`))
    expect(withdrawn).toMatchObject([
      { conversations: [ID, OLDER], key: key.id, from: { channel: 'telegram' }, case: '40718263' },
    ])
  })

  it('ends with a line of the deployment’s language behind a covered entrance, of hers otherwise', async () => {
    const covered = world({ entrance: 'covered' })
    await covered.asked({}, talking('', 'xx'))
    expect(covered.answers[0]).toEqual(engine.coverLine(engine.firstLanguage, MONDAY))
    const open = world()
    await open.asked({}, talking('', 'xx'))
    expect(open.answers[0]).toEqual(engine.coverLine('xx', MONDAY))
  })

  it('keeps everything in while it lasts, and cancels what was taken meanwhile', async () => {
    const { asked, fence, diary } = world()
    const before = fence.count()
    const done = asked()
    expect(fence.inTheWay(ID)).toBeDefined()
    expect(fence.raisedSince(ID, before)).toBe(true)
    const within = fence.count()
    await done
    expect(diary).toContain('answer')
    expect(fence.raisedSince(ID, within)).toBe(true)
    expect(fence.inTheWay(ID)).toBeUndefined()
  })
})

describe('erasing what the desk has of a person who is gone already', () => {
  it('is sure where there is no desk, or when the desk has done it', async () => {
    expect(await world().erasing.rest(anInbound({}), [ID])).toBe(true)
    const { erasing, withdrawn, answers } = world({ withDesk: true })
    expect(await erasing.rest(anInbound({}), [ID, OLDER])).toBe(true)
    expect(withdrawn).toMatchObject([{ conversations: [ID, OLDER], case: '' }])
    expect(withdrawn[0]).not.toHaveProperty('key')
    expect(answers).toEqual([])
  })

  it('is said not to be done when it is not', async () => {
    const { erasing, answers, events } = world({ withDesk: true, withdrawFails: true })
    expect(await erasing.rest(anInbound({}), [ID])).toBe(false)
    expect(answers[0]?.text).toMatch(/^This is not done yet/u)
    expect(events).toEqual(['wipe.failed'])
  })

  it('is asked for again by the platform where nobody can be told', async () => {
    const { erasing, answers } = world({ withDesk: true, withdrawFails: true })
    await expect(erasing.rest(anInbound({ content: { kind: 'blocked' } }), [ID])).rejects.toThrow('withdraw')
    expect(answers).toEqual([])
  })
})

describe('erasing without a word', () => {
  it('destroys the key before the rows, and lets nothing out meanwhile or after', async () => {
    const { erasing, diary, answers, fence } = world()
    const before = fence.count()
    const done = erasing.quietly({ id: ID, keyId: key.id })
    expect(fence.inTheWay(ID)).toBeDefined()
    await done
    expect(diary).toEqual([`destroy ${key.id}`, `erase ${ID}`])
    expect(answers).toEqual([])
    expect(fence.raisedSince(ID, before)).toBe(true)
    expect(fence.inTheWay(ID)).toBeUndefined()
  })

  it('rejects, keeps the rows and frees the way when the key stays', async () => {
    const { erasing, diary, fence } = world({ destroyFails: true })
    await expect(erasing.quietly({ id: ID, keyId: key.id })).rejects.toThrow('destroy')
    expect(diary).toEqual([`destroy ${key.id}`])
    expect(fence.inTheWay(ID)).toBeUndefined()
  })
})
