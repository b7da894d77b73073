import { isAbsolute, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { REMEDIES, TOGETHER, type Variable, VARIABLES } from './config-variables.ts'
import { redisOf, type RedisSettings, serverFaults } from './config-servers.ts'
import type { RootSource } from './privacy/vault/root-key.ts'
import { type Sensitive, sensitive } from './privacy/sensitive.ts'

/**
 * Every setting, read once from the environment. A faulty one stops the start with one line that names the variable
 * and says what to do; nothing is guessed and nothing is ignored.
 */
export interface Config {
  production: boolean
  host: string
  port: number
  dataDir: string
  vaultDir: string
  /** Given: conversations, desk and keys lie on servers, and any number of processes may use them. */
  redis: RedisSettings | undefined
  root: RootSource
  /** Folders that the machine's backups read, where that was said. */
  backupRoots: readonly string[]
  packs: readonly string[]
  /** In the order served, the first is the deployment's own. */
  languages: readonly string[]
  /** Those that are served in production though nobody has reviewed them. */
  unreviewedLanguages: readonly string[]
  entrance: 'open' | 'covered'
  simulator: boolean
  publicUrl: string | undefined
  /** Who may say where a request comes from: addresses and networks of proxies. */
  trustedProxies: readonly string[]
  idleHours: number
  /** Days after which a closed case, or one that nobody came back to, is erased. */
  caseDays: number
  /** The caseworkers' desk under /desk/. */
  desk: boolean
  /** Statistics are kept by first-level area too. */
  countsAreas: boolean
  /** The port of /metrics on `host`; undefined: no metrics are served. */
  metricsPort: number | undefined
  telegram: TelegramSettings | undefined
  whatsapp: WhatsappSettings | undefined
  /** Given: new cases go to Chatwoot and not to the own desk. */
  chatwoot: ChatwootSettings | undefined
}

export interface TelegramSettings {
  token: Sensitive<string>
  apiUrl: string
  /** Given: updates come by webhook; otherwise they are fetched. */
  webhookSecret: Sensitive<string> | undefined
}

export interface WhatsappSettings {
  accessToken: Sensitive<string>
  appSecret: Sensitive<string>
  verifyToken: Sensitive<string>
  phoneNumberIds: readonly string[]
  apiUrl: string
  graphVersion: string
}

export interface ChatwootSettings {
  url: string
  accountId: number
  inboxIdentifier: string
  hmacToken: Sensitive<string>
  webhookSecret: Sensitive<string>
  accessToken: Sensitive<string>
}

export interface Fault {
  variable: string
  problem: string
  remedy: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Settings of later versions: setting one now would be a promise that is not kept. */
const NOT_YET: readonly string[] = []
const OURS = /^(?:TELEGRAM|WHATSAPP|CHATWOOT|LANTERN)_/u

export function readConfig(environment: Environment): { config: Config } | { faults: Fault[] } {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const faults = unknownSettings(given)
  const parsed = z.object(VARIABLES).safeParse(given)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const variable = String(issue.path[0]) as Variable
      if (faults.some((fault) => fault.variable === variable)) continue
      faults.push({ variable, problem: 'is not a value that can be used', remedy: REMEDIES[variable] })
    }
    return { faults }
  }
  const values = parsed.data
  const incomplete = [
    ...TOGETHER.flatMap(({ of, needed }) => missingOf(given, of, needed)),
    ...rootFaults(given),
    ...serverFaults(values),
  ]
  if (incomplete.length > 0) return { faults: [...faults, ...incomplete] }
  const telegram = telegramOf(values)
  const whatsapp = whatsappOf(values)
  const vaultDir = resolve(values.VAULT_DIR)
  const config: Config = {
    production: values.NODE_ENV === 'production',
    host: values.HOST,
    port: values.PORT,
    dataDir: resolve(values.DATA_DIR),
    vaultDir,
    redis: redisOf(values),
    root: rootOf(values, vaultDir, given),
    backupRoots: values.BACKUP_ROOTS.map((folder) => resolve(folder)),
    packs: values.PACKS,
    languages: values.LANGUAGES,
    unreviewedLanguages: values.UNREVIEWED_LANGUAGES,
    entrance: values.ENTRANCE,
    simulator:
      values.SIMULATOR === undefined
        ? telegram === undefined && whatsapp === undefined
        : values.SIMULATOR === 'on',
    publicUrl: values.PUBLIC_URL,
    trustedProxies: values.TRUSTED_PROXIES,
    idleHours: values.IDLE_HOURS,
    caseDays: values.CASE_DAYS,
    desk: values.DESK === 'on',
    countsAreas: values.STATISTICS_AREAS === 'on',
    metricsPort: values.METRICS_PORT,
    telegram,
    whatsapp,
    chatwoot: chatwootOf(values),
  }
  faults.push(...contradictions(config))
  return faults.length > 0 ? { faults } : { config }
}

const ROOTS = ['ROOT_KEY_FILE', 'ROOT_KEY_CREDENTIAL', 'ROOT_KEY_COMMAND'] as const

type Values = z.output<z.ZodObject<typeof VARIABLES>>

function rootOf(values: Values, vaultDir: string, given: Record<string, unknown>): RootSource {
  const { ROOT_KEY_CREDENTIAL: credential, ROOT_KEY_COMMAND: command, ROOT_KEY_FILE: file } = values
  if (command !== undefined) return { kind: 'command', command }
  if (credential !== undefined)
    return { kind: 'credential', path: join(String(given['CREDENTIALS_DIRECTORY']), credential) }
  return { kind: 'file', path: file === undefined ? join(vaultDir, 'root.key') : resolve(file) }
}

/** More than one source of the root key, or a credential without systemd. */
function rootFaults(given: Record<string, unknown>): Fault[] {
  const [first, second] = ROOTS.filter((variable) => variable in given)
  if (first !== undefined && second !== undefined)
    return [{ variable: second, problem: `is set beside ${first}`, remedy: 'Keep one of them.' }]
  if (first !== 'ROOT_KEY_CREDENTIAL' || 'CREDENTIALS_DIRECTORY' in given) return []
  const remedy = `${REMEDIES[first]} Then systemd sets CREDENTIALS_DIRECTORY.`
  return [{ variable: first, problem: 'is set, but this is no systemd service with credentials', remedy }]
}

function telegramOf(values: Values): TelegramSettings | undefined {
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret, TELEGRAM_API_URL: apiUrl } = values
  if (token === undefined) return undefined
  return {
    token: sensitive(token),
    apiUrl,
    webhookSecret: secret === undefined ? undefined : sensitive(secret),
  }
}

function whatsappOf(values: Values): WhatsappSettings | undefined {
  const {
    WHATSAPP_ACCESS_TOKEN: accessToken,
    WHATSAPP_APP_SECRET: appSecret,
    WHATSAPP_VERIFY_TOKEN: verifyToken,
    WHATSAPP_PHONE_NUMBER_ID: phoneNumberIds,
  } = values
  if (
    accessToken === undefined ||
    appSecret === undefined ||
    verifyToken === undefined ||
    phoneNumberIds === undefined
  )
    return undefined
  return {
    accessToken: sensitive(accessToken),
    appSecret: sensitive(appSecret),
    verifyToken: sensitive(verifyToken),
    phoneNumberIds,
    apiUrl: values.WHATSAPP_API_URL,
    graphVersion: values.WHATSAPP_GRAPH_VERSION,
  }
}

function chatwootOf(values: Values): ChatwootSettings | undefined {
  const {
    CHATWOOT_URL: url,
    CHATWOOT_ACCOUNT_ID: accountId,
    CHATWOOT_INBOX_IDENTIFIER: inboxIdentifier,
    CHATWOOT_HMAC_TOKEN: hmacToken,
    CHATWOOT_WEBHOOK_SECRET: webhookSecret,
    CHATWOOT_ACCESS_TOKEN: accessToken,
  } = values
  if (
    url === undefined ||
    accountId === undefined ||
    inboxIdentifier === undefined ||
    hmacToken === undefined ||
    webhookSecret === undefined ||
    accessToken === undefined
  )
    return undefined
  return {
    url,
    accountId,
    inboxIdentifier,
    hmacToken: sensitive(hmacToken),
    webhookSecret: sensitive(webhookSecret),
    accessToken: sensitive(accessToken),
  }
}

function missingOf(given: Record<string, unknown>, of: string, needed: readonly Variable[]): Fault[] {
  const missing = needed.filter((variable) => !(variable in given))
  if (missing.length === needed.length) return []
  return missing.map((variable) => ({
    variable,
    problem: `is missing beside the other ${of} settings`,
    remedy: REMEDIES[variable],
  }))
}

function unknownSettings(given: Record<string, unknown>): Fault[] {
  return Object.keys(given).flatMap((variable) => {
    if (NOT_YET.includes(variable))
      return [{ variable, problem: 'is not supported by this version', remedy: 'Take it out for now.' }]
    if (!OURS.test(variable) || variable in VARIABLES || variable === 'LANTERN_GOLDEN') return []
    const near = Object.keys(VARIABLES).find((known) => isNear(variable, known))
    const remedy =
      near === undefined ? 'Take it out, or see the README for the names.' : `Did you mean ${near}?`
    return [{ variable, problem: 'is not a setting of Lantern', remedy }]
  })
}

function contradictions(config: Config): Fault[] {
  const { production, telegram, whatsapp, chatwoot, packs, dataDir, vaultDir } = config
  const faults: Fault[] = []
  if (dataDir === vaultDir || isInside(vaultDir, dataDir) || isInside(dataDir, vaultDir))
    faults.push({
      variable: 'VAULT_DIR',
      problem: 'lies in the same folder as DATA_DIR, so that one backup would hold both',
      remedy: 'Give the vault a folder of its own that no backup reads.',
    })
  if (production && (telegram !== undefined || whatsapp !== undefined) && packs.includes('demo'))
    faults.push({
      variable: 'PACKS',
      problem: 'names the fictional country demo beside a real channel in production',
      remedy: 'Name the packs of the places that you serve.',
    })
  if (config.redis !== undefined && telegram !== undefined && telegram.webhookSecret === undefined)
    faults.push({
      variable: 'TELEGRAM_WEBHOOK_SECRET',
      problem:
        'is missing beside a STORAGE_URL that names a server: several processes would fetch from one bot and push each other off',
      remedy: 'Give 20 or more letters and digits that nobody can guess, then run "lantern setup".',
    })
  if (production && chatwoot !== undefined && !isPrivateWay(chatwoot.url))
    faults.push({
      variable: 'CHATWOOT_URL',
      problem: 'would carry what people write over an open line',
      remedy: 'Give an https address; http is for a Chatwoot on this machine alone.',
    })
  return faults
}

function isPrivateWay(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || LOOPBACK.includes(hostname)
}
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

function isInside(inner: string, outer: string): boolean {
  const way = relative(outer, inner)
  return way !== '' && !way.startsWith('..') && !isAbsolute(way)
}

/** One letter missing, added, changed or two of them swapped. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  return Math.max(a.length, b.length) - start - end <= 2
}
