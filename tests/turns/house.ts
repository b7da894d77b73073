import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import type { Look } from '../../flows/context.ts'
import type {
  Channel,
  ChannelName,
  Inbound,
  InboundContent,
  SendOutcome,
} from '../../src/channels/channel.ts'
import type { Engine, Moment } from '../../src/conversation/engine.ts'
import type { Message } from '../../src/conversation/message.ts'
import type { Random } from '../../src/operations/environment.ts'
import { silentLog } from '../../src/operations/log.ts'
import { rootKey } from '../../src/privacy/vault/root-key.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { openSqliteVault } from '../../src/privacy/vault/sqlite-vault.ts'
import type { Vault } from '../../src/privacy/vault/vault.ts'
import type { Conversations } from '../../src/storage/conversations.ts'
import { openSqliteConversations } from '../../src/storage/sqlite/sqlite-conversations.ts'
import { createCourier } from '../../src/turns/courier/courier.ts'
import { createFence } from '../../src/turns/leaving/fence.ts'
import { createTurns } from '../../src/turns/handle.ts'
import type { Turns } from '../../src/turns/turns.ts'
import type { DueParcel } from '../../src/turns/written/records.ts'
import { englishEngine, MONDAY } from '../conversation/english-engine.ts'
import { TO_MENU } from './ways.ts'

/** A whole house on real files: turns, courier, SQLite and vault, with a platform that a test can direct. */
export interface House {
  engine: Engine
  conversations: Conversations
  vault: Vault
  platform: Platform
  /** `stop`: time passes while the process is stopped, and nothing in it is done. */
  clock: { now(): number; pass(minutes: number): void; stop(minutes: number): void }
  /** Shared by houses that stand beside each other. */
  time: Time
  desk: Moment['desk']
  folder: string
  eraseIdle: Turns['eraseIdle']
  fromDesk: Turns['fromDesk']
  /** What reached the desk, in order. */
  told: { id: string; parcel: DueParcel }[]
  /** What the handoff was asked to erase: each time the person's names, and the case that is hers now. */
  withdrawn: { conversations: readonly string[]; key?: string; case: string }[]
  /** Set to have the desk refuse what it is told. */
  deskFails: boolean
  /** The courier is told of every commit and works by itself, as in the real program. */
  startCourier(): void
  receive(content: InboundContent | string, more?: Partial<Inbound> & { person?: string }): Promise<void>
  /** Everything that is due is delivered. */
  drain(): Promise<void>
  close(): Promise<void>
}

interface Time {
  now: number
  /** What each house does by the clock. */
  ticks: Set<Set<() => void>>
}

export interface Platform extends Channel {
  sent: { to: string; message: Message }[]
  forgotten: { to: string; ids: string[] }[]
  /** What happened, in order: `send <text>`, `forget`, and what tests add. */
  diary: string[]
  answer: (to: string, message: Message) => SendOutcome | Promise<SendOutcome>
}

export interface HouseOptions {
  entrance?: 'open' | 'covered'
  look?: Look
  /** Over the English words and the demo pack where none is given. */
  engine?: Engine
  wrapVault?: (vault: Vault, diary: string[]) => Vault
  wrapStore?: (store: Conversations, diary: string[]) => Conversations
  folder?: string
  /** Another process on the same stores, with the same platform and the same time. */
  beside?: House
  /** Between tries of a wipe; when not given at once, and what a wipe waits for never takes the ten seconds that it has. */
  wait?: (ms: number) => Promise<void>
}

/** Grows over all houses of a test: a platform never gives an id twice. */
let events = 0

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const look = options.look ?? 'telegram'
  const entrance = options.entrance ?? 'open'
  const { beside } = options
  const folder = options.folder ?? beside?.folder ?? mkdtempSync(join(tmpdir(), 'lantern-turns-'))
  const time: Time = beside?.time ?? { now: MONDAY, ticks: new Set() }
  const ticks = new Set<() => void>()
  time.ticks.add(ticks)
  const passes = (minutes: number, isStopped: boolean) => {
    time.now += minutes * 60_000
    for (const those of time.ticks) if (!isStopped || those !== ticks) for (const tick of those) tick()
  }
  const clock: House['clock'] = {
    now: () => time.now,
    stop: (minutes) => passes(minutes, true),
    pass: (minutes) => passes(minutes, false),
  }
  const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }
  const engine = options.engine ?? (await englishEngine({ entrance }))
  const platform = beside?.platform ?? fakePlatform()
  const { vault: realVault, conversations: realStore } = beside ?? openStores(folder, random)
  const vault = options.wrapVault?.(realVault, platform.diary) ?? realVault
  const conversations = options.wrapStore?.(realStore, platform.diary) ?? realStore
  const channels = new Map<ChannelName, Channel>([[platform.name, platform]])
  const fence = createFence()
  const log = silentLog
  const courier = createCourier({
    clock,
    random,
    conversations,
    vault,
    channels,
    fence,
    log,
    ticks(_ms, tick) {
      ticks.add(tick)
      return () => void ticks.delete(tick)
    },
    personGone: (conversation) => turns.erase(conversation),
    toDesk({ id, parcel }) {
      if (house.deskFails) return Promise.reject(new Error('no'))
      house.told.push({ id, parcel })
      return Promise.resolve()
    },
  })
  const turns = createTurns({
    clock,
    random,
    engine,
    conversations,
    vault,
    channels,
    entrance,
    desk: () => house.desk,
    caseMs: 7 * 24 * 3_600_000,
    fence,
    log,
    wait: options.wait ?? patient,
    wake: () => courier.wake(),
    express: () => courier.express(),
    compactLater: () => {},
    withdraw({ conversations: names, key, case: of }) {
      if (house.deskFails) return Promise.reject(new Error('no'))
      platform.diary.push('withdraw')
      house.withdrawn.push({ conversations: names, ...(key === undefined ? {} : { key }), case: of })
      return Promise.resolve()
    },
  })
  const house: House = {
    engine,
    conversations,
    vault,
    platform,
    clock,
    time,
    desk: beside?.desk ?? 'none',
    folder,
    eraseIdle: turns.eraseIdle,
    fromDesk: turns.fromDesk,
    told: [],
    withdrawn: [],
    deskFails: false,
    startCourier: () => courier.start(),
    async receive(content, { person = 'ada', ...more } = {}) {
      events += 1
      await turns.receive({
        channel: platform.name,
        look,
        address: sensitive(person),
        eventId: sensitive(`event-${events}`),
        ...(look === 'telegram' ? { messageId: sensitive(`hers-${events}`) } : {}),
        at: time.now,
        content: typeof content === 'string' ? { kind: 'text', text: sensitive(content) } : content,
        ...more,
      })
    },
    drain: () => courier.drain(),
    async close() {
      await courier.stop()
      if (beside !== undefined) return
      await conversations.close()
      await vault.close()
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
  return house
}

function openStores(folder: string, random: Random): Pick<House, 'vault' | 'conversations'> {
  const root = rootKey(join(folder, 'root.key'), random)
  if (root.kind === 'refused') throw new Error(root.problem)
  return {
    vault: openSqliteVault(join(folder, 'vault'), root.key),
    conversations: openSqliteConversations(join(folder, 'data')),
  }
}

function patient(ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (ms < 10_000) setImmediate(resolve)
  })
}

function fakePlatform(): Platform {
  let ids = 0
  const platform: Platform = {
    name: 'telegram',
    sent: [],
    forgotten: [],
    diary: [],
    answer: () => ({ kind: 'sent', messageId: sensitive(`bots-${++ids}`) }),
    async send(to, message) {
      const outcome = await platform.answer(to.reveal(), message)
      if (outcome.kind === 'sent') {
        platform.sent.push({ to: to.reveal(), message })
        platform.diary.push(`send ${message.text}`)
      }
      return outcome
    },
    forget(to, messageIds) {
      platform.forgotten.push({ to: to.reveal(), ids: messageIds.map((id) => id.reveal()) })
      platform.diary.push('forget')
      return Promise.resolve(messageIds.length)
    },
  }
  return platform
}

/** The texts that reached one person, in order. */
export function heardBy(house: House, person = 'ada'): string[] {
  return house.platform.sent.filter(({ to }) => to === person).map(({ message }) => message.text)
}

/** How many conversations are kept. */
export async function kept(house: House): Promise<number> {
  let count = 0
  for await (const _row of house.conversations.keyIds()) count += 1
  return count
}

/** Houses for the tests of one file, closed after each test. `atMenu`: their one person has come as far as the menu. */
export function housesOfTests() {
  const houses: House[] = []
  afterEach(async () => {
    for (const house of houses.splice(0).toReversed()) await house.close()
  })
  async function open(options: HouseOptions = {}): Promise<House> {
    const house = await openHouse(options)
    houses.push(house)
    return house
  }
  async function atMenu(options: HouseOptions = {}): Promise<House> {
    const house = await open(options)
    for (const text of TO_MENU) await house.receive(text)
    await house.drain()
    return house
  }
  return { open, atMenu }
}
