import { join } from 'node:path'
import fastify from 'fastify'
import type { Channel, ChannelName, Inbound, Receive } from './channels/channel.ts'
import type { Moment } from './conversation/engine.ts'
import { createEngine } from './conversation/create-engine.ts'
import { keptLexicon } from './kept-lexicon.ts'
import { loadVoices } from './load-voices.ts'
import { caseKeyIds } from './main/desk/case-files.ts'
import { toDesk, toPerson } from './main/desk/between-chat-and-desk.ts'
import { listenForStop } from './main/process/asked-to-stop.ts'
import { deskDirectory } from './main/desk/desk-directory.ts'
import { finishRequests } from './main/process/finish-requests.ts'
import { listen, proxiesOf } from './main/process/listen.ts'
import { loadPacks, requireLivePack } from './main/packs.ts'
import { createPlatforms } from './main/platforms.ts'
import { pooledRandom } from './main/process/pooled-random.ts'
import { serveEditions } from './main/publishing.ts'
import { lastResort, untilTold } from './main/process/process-end.ts'
import { serveCases } from './main/desk/serve-cases.ts'
import { serveMetrics } from './main/serve-metrics.ts'
import { serveSimulator } from './main/serve-simulator.ts'
import { readSettings } from './main/settings.ts'
import { servedLocales, servedUnreviewed } from './main/served-locales.ts'
import { openStores } from './main/stores/stores.ts'
import { createTimers } from './main/process/timers.ts'
import { startUpkeep } from './main/process/upkeep.ts'
import type { Environment } from './operations/environment.ts'
import { serveHealth } from './operations/health.ts'
import { createLog, shapeOf } from './operations/log.ts'
import { createMetrics } from './operations/metrics.ts'
import { sweepOrphans } from './privacy/retention.ts'
import { createCourier } from './turns/courier/courier.ts'
import { createFence } from './turns/leaving/fence.ts'
import { guardFromFlood } from './turns/flood.ts'
import { createTurns } from './turns/handle.ts'

/** The composition root: reads the settings, wires the parts, starts them and stops them in the reverse order. */
export interface Running {
  /** Where to open it in a browser. */
  address: string
  /** For the desk's first administrator, while there is no account. */
  invite: string | undefined
  /** Resolves when it was told to stop and everything is closed. */
  stopped: Promise<void>
}

const HOUSE = join(import.meta.dirname, '..')
const COMPACT_AGAIN_MS = 1_000
/** Until whoever spreads the load over processes has asked once more who is ready. */
const NOTICE_MS = 2_000

export async function startLantern(): Promise<Running> {
  const log = createLog()
  lastResort(log)
  const config = readSettings(process.env)
  const here: Environment = {
    clock: { now: () => Date.now() },
    random: pooledRandom(),
  }
  const metrics = createMetrics()
  const locales = servedLocales(HOUSE, config)
  const { voices } = loadVoices(join(HOUSE, 'locales'), locales)
  const packs = loadPacks(join(HOUSE, 'packs'), config)
  const stores = await openStores(config, here)
  const { clock } = stores
  const environment: Environment = { ...here, clock }
  const { vault, conversations, root } = stores
  const publications = stores.publications()
  const editions = serveEditions({ packs, publications, clock, log })
  const { directory } = editions
  await editions.look()
  requireLivePack(directory, config, clock.now())
  const engine = createEngine({
    ...config,
    locales,
    lexicon: keptLexicon(locales),
    voices: voices.pages,
    directory,
    talkElsewhere: config.chatwoot !== undefined,
  })

  const proxies = proxiesOf(config)
  const server = fastify({
    logger: false,
    bodyLimit: 256 * 1024,
    forceCloseConnections: true,
    ...(proxies.length > 0 ? { trustProxy: proxies } : {}),
  })
  finishRequests(server)
  const cases = await serveCases({
    config,
    environment,
    server,
    engine,
    unreviewed: servedUnreviewed(locales),
    directory,
    deskDirectory: deskDirectory(editions, publications),
    stores,
    packs,
    vault,
    root,
    log,
    metrics,
    toPerson: toPerson(() => turns, { engine, clock }),
  })
  const owned = { vault, conversations, otherKeyIds: () => caseKeyIds(stores.casesThere) }
  // Beside other processes a key may be waiting for its first row.
  const orphans = stores.shared ? 0 : await sweepOrphans(owned)
  const strays = orphans + ((await cases?.sweepOrphans()) ?? 0)
  if (strays > 0) log.event('sweep.orphans', { count: strays })

  const channels = new Map<ChannelName, Channel>()
  const fence = createFence()
  const compactLater = () => {
    const timer = setTimeout(() => {
      void conversations.compact().then((clean) => (clean ? undefined : compactLater()), compactLater)
    }, COMPACT_AGAIN_MS)
    timer.unref()
  }
  // What a process that was killed could not clean any more.
  if (!(await conversations.compact())) compactLater()
  const courier = createCourier({
    ...environment,
    conversations,
    vault,
    channels,
    fence,
    log,
    shared: stores.shared,
    personGone: (conversation) => turns.erase(conversation),
    ...(cases === undefined
      ? {}
      : {
          toDesk: toDesk(
            () => cases.chatSide,
            () => turns,
          ),
        }),
  })
  const deskNow = (): Moment['desk'] => cases?.now() ?? 'none'
  const turns = createTurns({
    ...environment,
    engine,
    conversations,
    vault,
    channels,
    entrance: config.entrance,
    desk: deskNow,
    caseMs: config.caseDays * 24 * 3_600_000,
    ...(cases === undefined ? {} : { withdraw: (person) => cases.chatSide.withdrawAll(person) }),
    fence,
    log,
    wiped: (outcome) => metrics.wipe(outcome),
    // Waiting alone must not keep a process alive that was told to stop.
    wait: (ms) => new Promise((resolve) => void setTimeout(resolve, ms).unref()),
    wake: () => courier.wake(),
    express: () => courier.express(),
    compactLater,
  })
  const handle = async (inbound: Inbound) => {
    try {
      await turns.receive(inbound)
      metrics.turn(inbound.channel, 'handled')
    } catch (error) {
      metrics.turn(inbound.channel, 'failed')
      log.event('turn.failed', { channel: inbound.channel, error: shapeOf(error) })
      throw error
    }
  }
  const receive: Receive = guardFromFlood({
    ...environment,
    engine,
    receive: handle,
    moment: () => ({ now: clock.now(), desk: deskNow() }),
    dropped: ({ channel }) => metrics.turn(channel, 'dropped'),
  })

  let stopping = false
  let hasStarted = false
  const stopSimulator = serveSimulator({
    config,
    server,
    receive,
    channels,
    vault,
    conversations,
    environment,
    packs,
    readVoice: voices.read,
  })
  const platforms = await createPlatforms({
    config,
    environment,
    receive,
    log,
    metrics,
    readVoice: voices.read,
  })
  for (const channel of platforms.channels) channels.set(channel.name, channel)
  platforms.routes(server)
  serveHealth(server, {
    stopping: () => stopping,
    checks: {
      storage: async () => conversations.nextDue().then(() => true),
      vault: async () => (await vault.peppers()).length > 0,
      pack: () => Promise.resolve(directory.live(clock.now()).length > 0),
    },
  })
  const overdueSeconds = async () => {
    const due = await conversations.nextDue()
    return due === undefined ? 0 : Math.max(0, clock.now() - due) / 1000
  }

  const every = createTimers(log)
  let metricsServer: { close(): Promise<void> } | undefined

  async function stop(): Promise<void> {
    stopping = true
    every.stop()
    if (stores.shared && hasStarted) await new Promise((resolve) => void setTimeout(resolve, NOTICE_MS))
    stopSimulator()
    // Nothing new comes in, then nothing more goes out, then the lines are closed.
    await Promise.all([server.close(), metricsServer?.close()])
    await courier.stop()
    await platforms.stop()
    await turns.idle()
    await cases?.stop()
    await conversations.close()
    await vault.close()
    await publications.close()
    await stores.close()
  }

  let address: string
  let invite: string | undefined
  try {
    metricsServer = await serveMetrics(config, metrics, overdueSeconds)
    address = await listen(server, { ...config, setting: 'PORT' })
    courier.start()
    await platforms.start()
    await cases?.start()
    invite = await cases?.firstInvite(address)
  } catch (error) {
    await stop()
    throw error
  }

  await startUpkeep({
    config,
    stores,
    owned,
    editions,
    cases,
    eraseIdle: turns.eraseIdle,
    compactLater,
    every,
    log,
  })
  hasStarted = true
  const drain = await listenForStop(config.dataDir, Number(new URL(address).port))
  const stopped = untilTold(async () => {
    await stop()
    log.event('stopped')
    await drain?.done()
  }, drain?.asked)
  return { address, invite, stopped }
}
