import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import type { Look } from '../flows/context.ts'
import type { Channel, ChannelName, Receive } from './channels/channel.ts'
import { createSimulator, type Inspect } from './channels/simulator/create-simulator.ts'
import { createTelegram } from './channels/telegram/create-telegram.ts'
import { type Config, readConfig } from './config.ts'
import { createEngine } from './conversation/create-engine.ts'
import { createDirectory } from './directory/create-directory.ts'
import type { Directory } from './directory/directory.ts'
import { loadPack } from './directory/load-pack.ts'
import type { Pack } from './directory/pack.ts'
import { StartRefused } from './errors.ts'
import { loadLocales } from './load-locales.ts'
import type { Environment } from './operations/environment.ts'
import { createLog, type Log, shapeOf } from './operations/log.ts'
import { pseudonym } from './privacy/pseudonym.ts'
import { sweep, sweepOrphans } from './privacy/retention.ts'
import { rootKey } from './privacy/root-key.ts'
import { openSqliteVault } from './privacy/sqlite-vault.ts'
import type { Vault } from './privacy/vault.ts'
import type { Conversations } from './storage/conversations.ts'
import { openSqliteConversations } from './storage/sqlite/sqlite-conversations.ts'
import { createCourier } from './turns/courier.ts'
import { createFence } from './turns/fence.ts'
import { createTurns } from './turns/handle.ts'
import { openConversation } from './turns/records.ts'

/** The composition root: reads the settings, wires the parts, starts them and stops them in the reverse order. */
export interface Running {
  /** Where to open it in a browser. */
  address: string
  /** Resolves when it was told to stop and everything is closed. */
  stopped: Promise<void>
}

const HOUSE = join(import.meta.dirname, '..')
const SWEEP_MS = 10 * 60_000
/** A copy of the vault older than this opens nothing of what was erased since: security.md 2.2. */
const ROTATE_MS = 24 * 3_600_000
const STOP_MS = 10_000
const COMPACT_AGAIN_MS = 1_000

export async function startLantern(): Promise<Running> {
  readDotEnv()
  const config = settings()
  const log = createLog()
  lastResort(log)
  const environment: Environment = {
    clock: { now: () => Date.now() },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
  }
  const { locales, faults } = loadLocales(join(HOUSE, 'locales'), config.languages)
  if (faults.length > 0)
    throw new StartRefused(
      'locales.faulty',
      faults.map(({ file, problem, remedy }) => `${file} ${problem}. ${remedy}`),
    )
  const packs = loadPacks(config)
  const directory = createDirectory(packs)
  requireLivePack(directory, config, environment.clock.now())
  const engine = createEngine({ locales, directory, entrance: config.entrance, idleHours: config.idleHours })

  const { vault, conversations } = openStores(config, environment)
  const orphans = await sweepOrphans({ vault, conversations })
  if (orphans > 0) log.event('sweep.orphans', { count: orphans })

  const channels = new Map<ChannelName, Channel>()
  const fence = createFence()
  const compactLater = () => {
    const timer = setTimeout(() => {
      void conversations.compact().then((clean) => (clean ? undefined : compactLater()), compactLater)
    }, COMPACT_AGAIN_MS)
    timer.unref()
  }
  const courier = createCourier({
    ...environment,
    conversations,
    vault,
    channels,
    fence,
    log,
    personGone: (conversation) => turns.erase(conversation),
  })
  const turns = createTurns({
    ...environment,
    engine,
    conversations,
    vault,
    channels,
    entrance: config.entrance,
    // No caseworker can answer yet, so no flow promises one.
    desk: () => 'none',
    fence,
    log,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    wake: () => courier.wake(),
    compactLater,
  })
  const receive: Receive = async (inbound) => {
    try {
      await turns.receive(inbound)
    } catch (error) {
      log.event('turn.failed', { channel: inbound.channel, error: shapeOf(error) })
      throw error
    }
  }

  const server = fastify({ logger: false, bodyLimit: 256 * 1024, forceCloseConnections: true })
  const stopSimulator = serveSimulator({
    config,
    server,
    receive,
    channels,
    vault,
    conversations,
    environment,
    packs,
  })
  const telegram =
    config.telegram === undefined
      ? undefined
      : createTelegram({
          token: config.telegram.token,
          apiRoot: config.telegram.apiUrl,
          receive,
          clock: environment.clock,
          log,
        })
  if (telegram !== undefined) channels.set('telegram', telegram.channel)

  const every = createTimers(log)

  async function stop(): Promise<void> {
    every.stop()
    stopSimulator()
    await Promise.all([telegram?.stop(), server.close()])
    await turns.idle()
    await courier.stop()
    await conversations.close()
    await vault.close()
  }

  let address: string
  try {
    address = await listen(server, config)
    courier.start()
    await telegram?.start().catch(refusedByTelegram)
  } catch (error) {
    await stop()
    throw error
  }

  const { eraseIdle } = turns
  const retention = { conversations, idleMs: config.idleHours * 3_600_000, eraseIdle, compactLater }
  every.run(SWEEP_MS, async () => {
    const count = await sweep(retention, environment.clock.now())
    if (count > 0) log.event('sweep.erased', { count })
  })
  every.run(ROTATE_MS, () => vault.rotate())
  const stopped = untilSignal(async () => {
    await stop()
    log.event('stopped')
  })
  return { address, stopped }
}

/** What is done again and again; a time that fails is told and does not end it. */
function createTimers(log: Log) {
  const timers: NodeJS.Timeout[] = []
  return {
    run(everyMs: number, task: () => Promise<void>) {
      const timer = setInterval(() => {
        task().catch((error: unknown) => log.event('upkeep.failed', { error: shapeOf(error) }))
      }, everyMs)
      timers.push(timer.unref())
    },
    stop: () => timers.forEach((timer) => clearInterval(timer)),
  }
}

function refusedByTelegram(error: unknown): never {
  if (error instanceof Error && error.name === 'TelegramFault')
    throw new StartRefused('telegram.tokenRefused', [error.message])
  throw error
}

function readDotEnv(): void {
  try {
    process.loadEnvFile()
  } catch (error) {
    // Without a .env file the environment alone holds; one that is there is meant to be read.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw new StartRefused('config.faulty', ['.env cannot be read. Let the user that runs Lantern read it.'])
  }
}

function settings(): Config {
  const read = readConfig(process.env)
  if ('config' in read) return read.config
  throw new StartRefused(
    'config.faulty',
    read.faults.map(({ variable, problem, remedy }) => `${variable} ${problem}. ${remedy}`),
  )
}

function loadPacks({ packs }: Config): Pack[] {
  const lines: string[] = []
  const loaded = packs.flatMap((name) => {
    const read = loadPack(join(HOUSE, 'packs', name))
    lines.push(
      ...read.problems.map(({ file, row, field, problem, remedy }) => {
        const place = [file, row === undefined ? '' : `row ${row}`, field ?? '']
          .filter((part) => part !== '')
          .join(', ')
        return `PACKS ${name}: ${place}: ${problem}. ${remedy}`
      }),
    )
    return 'pack' in read ? [read.pack] : []
  })
  if (lines.length > 0) throw new StartRefused('packs.noneLive', lines)
  return loaded
}

/** Where nobody can be referred to care, nobody is asked to open up (reference 1.4 MS-6, 1.7 WH-2). */
function requireLivePack(directory: Directory, { packs }: Config, now: number): void {
  if (directory.live(now).length > 0) return
  throw new StartRefused('packs.noneLive', [
    `PACKS ${packs.join(',')}: none has a fresh health service and a fresh hotline. Check the dates in services.csv, then run "npm run -s lantern -- check".`,
  ])
}

function openStores(
  config: Config,
  environment: Environment,
): { vault: Vault; conversations: Conversations } {
  for (const [variable, folder] of [
    ['DATA_DIR', config.dataDir],
    ['VAULT_DIR', config.vaultDir],
  ] as const)
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    } catch {
      throw new StartRefused('folder.unusable', [
        `${variable} names a folder that cannot be made or written. Make it, and give it to the user that runs Lantern.`,
      ])
    }
  const root = rootKey(config.rootKeyFile, environment.random)
  if (root.kind === 'refused') throw new StartRefused('rootKey.refused', [`ROOT_KEY_FILE ${root.problem}`])
  try {
    return {
      vault: openSqliteVault(config.vaultDir, root.key),
      conversations: openSqliteConversations(config.dataDir),
    }
  } catch (error) {
    const reason = error instanceof Error && error.name === 'FileRefused' ? error.message : 'cannot be opened'
    throw new StartRefused('folder.unusable', [`DATA_DIR or VAULT_DIR: ${reason}`])
  }
}

interface SimulatorParts {
  config: Config
  server: FastifyInstance
  receive: Receive
  channels: Map<ChannelName, Channel>
  vault: Vault
  conversations: Conversations
  environment: Environment
  packs: readonly Pack[]
}

/** Returns what stops it. */
function serveSimulator(parts: SimulatorParts): () => void {
  const { config, server, receive, channels, vault, conversations, environment, packs } = parts
  if (!config.simulator) return () => {}
  const inspect: Inspect = async (address, _look: Look) => {
    for (const pepper of await vault.peppers()) {
      const stored = await conversations.load(pseudonym(pepper, 'simulator', address))
      if (stored === undefined) continue
      const key = await vault.open(stored.keyId)
      const conversation = key === undefined ? undefined : openConversation(key, stored)
      if (conversation === undefined) return undefined
      return {
        state: conversation.state,
        context: conversation.context,
        stored: [stored.sealed],
        outboxWaiting: await conversations.waiting(stored.id),
        revision: stored.revision,
      }
    }
    return undefined
  }
  const places = packs.flatMap(({ areas }) =>
    areas.map(({ names, lat, lon }) => ({ name: names['en'] ?? '', lat, lon })),
  )
  const simulator = createSimulator({ receive, inspect, ...environment, host: config.host, places })
  try {
    simulator.routes(server)
  } catch {
    throw new StartRefused('simulator.refused', [
      'SIMULATOR is on, but HOST is reachable from other machines. Set HOST=127.0.0.1 or SIMULATOR=off.',
    ])
  }
  channels.set('simulator', simulator.channel)
  return () => simulator.stop()
}

async function listen(server: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const problem =
      code === 'EADDRINUSE'
        ? `PORT ${port} is used by another program`
        : `HOST and PORT cannot be listened on`
    throw new StartRefused('server.portTaken', [`${problem}. Stop that program, or set another one.`])
  }
}

function lastResort(log: Log): void {
  const end = (error: unknown) => {
    log.event('process.unhandled', { error: shapeOf(error) })
    process.exit(1)
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}

async function untilSignal(stop: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  const late = setTimeout(() => process.exit(0), STOP_MS)
  late.unref()
  await stop()
}
