import type { Config } from '../../config.ts'
import { StartRefused } from '../../errors.ts'
import type { Environment } from '../../operations/environment.ts'
import { openRedisVault } from '../../privacy/vault/redis/redis-vault.ts'
import type { RotatingVault } from '../../privacy/vault/vault.ts'
import type { RedisSettings } from '../../config-servers.ts'
import type { Accounts } from '../../storage/accounts.ts'
import type { Publications } from '../../storage/publications.ts'
import { catchUp, isEarlier, startBeats } from '../../storage/redis/link/beats.ts'
import { dutiesIn } from '../../storage/redis/duties.ts'
import { RedisFailed, type RedisLink } from '../../storage/redis/link/link.ts'
import { openRedisAccounts } from '../../storage/redis/desk/redis-accounts.ts'
import { openRedisCases } from '../../storage/redis/desk/redis-cases.ts'
import { openRedisConversations } from '../../storage/redis/conversations/redis-conversations.ts'
import { openRedisHandoffTimes } from '../../storage/redis/desk/redis-handoff-times.ts'
import { openRedisPublications, processesHearing } from '../../storage/redis/desk/redis-publications.ts'
import { openServerClock } from '../../storage/redis/link/server-clock.ts'
import { faultsOf, runIds } from '../../storage/redis/link/server-check.ts'
import {
  type DataLink,
  openData,
  openVaultServer,
  ServerRefused,
} from '../../storage/redis/link/server-mark.ts'
import { loadRoot } from './root.ts'
import type { Stores } from './stores.ts'

/**
 * The stores of a house whose data and keys lie on two servers. The start is refused, with a line for each fault, while a
 * server is set up so that it would lose or keep what it must not, or while one of the two has nothing and the other does.
 */
export async function openRedisStores(
  config: Config,
  settings: RedisSettings,
  { random }: Pick<Environment, 'random'>,
  { evenEarlier = false }: { evenEarlier?: boolean } = {},
): Promise<Stores> {
  const links = await openLinks(settings)
  const { data } = links
  let vault: RotatingVault | undefined
  try {
    await refuseUnsafe(settings, links)
    if (!evenEarlier && (await isEarlier(links))) throw new StartRefused('vault.apart', [EARLIER])
    const root = loadRoot(config, random)
    vault = await openRedisVault(links.vault, root)
    // Each store closes what it was lent, and the way itself stays for the others.
    const lent: DataLink = { ...data, close: () => Promise.resolve() }
    const conversations = openRedisConversations(lent)
    await refuseHalf(vault, conversations)
    const { isMine } = dutiesIn(data)
    const clock = await openServerClock(data)
    // What is settled in after a restore is of this time only when that is done.
    const beats = evenEarlier ? undefined : await startBeats(links)
    return {
      vault,
      root,
      conversations,
      cases: (house) => openRedisCases(lent, house),
      accounts: () => openRedisAccounts(lent),
      times: () => openRedisHandoffTimes(lent),
      publications: () => openRedisPublications(lent),
      casesThere: (house) => openRedisCases(lent, house),
      shared: true,
      clock,
      isMine,
      close() {
        beats?.stop()
        clock.close()
        return data.close()
      },
    }
  } catch (error) {
    await Promise.all([vault === undefined ? links.vault.close() : vault.close(), data.close()])
    throw refusalOf(error)
  }
}

/** The keys alone: for the command that rotates them beside the running processes. */
export async function openVaultAlone(
  config: Config,
  settings: RedisSettings,
  { random }: Pick<Environment, 'random'>,
): Promise<RotatingVault> {
  const link = await opened('VAULT_URL', () => openVaultServer(settings.vault.reveal()))
  try {
    return await openRedisVault(link, loadRoot(config, random))
  } catch (error) {
    await link.close()
    throw refusalOf(error)
  }
}

/** The accounts alone: for commands beside the running processes. */
export async function openAccountsAlone(settings: RedisSettings): Promise<Accounts> {
  return openRedisAccounts(await opened('STORAGE_URL', () => openData(settings.storage.reveal())))
}

/** The counters alone. */
export async function countersOnServer(settings: RedisSettings): Promise<{ name: string; value: number }[]> {
  const conversations = openRedisConversations(
    await opened('STORAGE_URL', () => openData(settings.storage.reveal())),
  )
  try {
    return await conversations.counts()
  } finally {
    await conversations.close()
  }
}

/** The editions of the directory alone. */
export async function openPublicationsOnServer(settings: RedisSettings): Promise<Publications> {
  return openRedisPublications(await opened('STORAGE_URL', () => openData(settings.storage.reveal())))
}

const EARLIER =
  'STORAGE_URL holds data of an earlier time than the keys in VAULT_URL: its files were put back, or lost. Run "lantern restore --servers" first: without it pages would leave for people who left since.'

/** What was put back is settled in: the next start takes it. */
export async function nowOfThisTime(settings: RedisSettings): Promise<void> {
  const links = await openLinks(settings)
  try {
    await catchUp(links)
  } finally {
    await Promise.all([links.data.close(), links.vault.close()])
  }
}

/** How many processes run on the server of the data. */
export async function processesOnServer(settings: RedisSettings): Promise<number> {
  const link = await opened('STORAGE_URL', () => openData(settings.storage.reveal()))
  try {
    return await processesHearing(link)
  } finally {
    await link.close()
  }
}

async function openLinks(settings: RedisSettings): Promise<{ data: DataLink; vault: RedisLink }> {
  const data = await opened('STORAGE_URL', () => openData(settings.storage.reveal()))
  try {
    return { data, vault: await opened('VAULT_URL', () => openVaultServer(settings.vault.reveal())) }
  } catch (error) {
    await data.close()
    throw error
  }
}

const REASONS: Readonly<Record<ServerRefused['reason'], string>> = {
  away: 'the server does not answer. Is it running, and are address and password right?',
  foreign: 'the server holds something that is not of this use. Give Lantern servers of its own.',
  newer: 'the server was written to by a newer Lantern: start that version instead.',
}

async function opened<T>(variable: 'STORAGE_URL' | 'VAULT_URL', open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof ServerRefused)
      throw new StartRefused('server.refused', [`${variable} is refused: ${REASONS[error.reason]}`])
    if (error instanceof RedisFailed)
      throw new StartRefused('server.refused', [
        `${variable} is refused: the server refuses it (${error.code}).`,
      ])
    throw error
  }
}

async function refuseUnsafe(
  settings: RedisSettings,
  { data, vault }: { data: DataLink; vault: RedisLink },
): Promise<void> {
  const faults = await Promise.all([
    faultsOf(data, { variable: 'STORAGE_URL', url: settings.storage.reveal(), use: 'data' }),
    faultsOf(vault, { variable: 'VAULT_URL', url: settings.vault.reveal(), use: 'vault' }),
  ])
  const [theirs, ours] = await Promise.all([runIds(data), runIds(vault)])
  const isOne = ours.some((id) => theirs.includes(id))
  const lines = [
    ...faults.flat(),
    ...(isOne
      ? [
          'VAULT_URL is refused: it is the same server as that of STORAGE_URL. Give the keys one of their own.',
        ]
      : []),
  ]
  if (lines.length > 0) throw new StartRefused('server.refused', lines)
}

/** As with folders: a server that lost what it had looks empty, and the sweep would erase what the other one holds. */
async function refuseHalf(vault: RotatingVault, conversations: Stores['conversations']): Promise<void> {
  for await (const _row of conversations.keyIds()) {
    for await (const _key of vault.ids()) return
    throw new StartRefused('vault.apart', [
      'VAULT_URL holds no keys, but STORAGE_URL holds data of some. If the vault is lost, nothing can read that data: stop both servers, remove their files, and start them (docs/runbook.md, The vault is lost).',
    ])
  }
}

function refusalOf(error: unknown): unknown {
  if (error instanceof Error && error.name === 'FileRefused')
    return new StartRefused('server.refused', [`VAULT_URL or ROOT_KEY_FILE is refused: ${error.message}`])
  if (error instanceof RedisFailed)
    return new StartRefused('server.refused', [
      `STORAGE_URL or VAULT_URL is refused: a server refuses it (${error.code}).`,
    ])
  return error
}
