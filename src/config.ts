import { isAbsolute, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import type { RootSource } from './privacy/root-key.ts'
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
  root: RootSource
  /** Folders that the machine's backups read, where that was said. */
  backupRoots: readonly string[]
  packs: readonly string[]
  /** In the order served, the first is the deployment's own. */
  languages: readonly string[]
  entrance: 'open' | 'covered'
  simulator: boolean
  publicUrl: string | undefined
  idleHours: number
  /** Days after which a closed case, or one that nobody came back to, is erased. */
  caseDays: number
  /** The caseworkers' desk under /desk/. */
  desk: boolean
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

const VARIABLES = {
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  DATA_DIR: z.string().min(1).default('./data'),
  VAULT_DIR: z.string().min(1).default('./vault'),
  STORAGE_URL: z.literal('sqlite:').default('sqlite:'),
  ROOT_KEY_FILE: z.string().min(1).optional(),
  ROOT_KEY_CREDENTIAL: z
    .string()
    .regex(/^[\w.-]{1,200}$/u)
    .optional(),
  ROOT_KEY_COMMAND: z.string().transform(wordsOf).pipe(z.array(z.string()).min(1)).optional(),
  BACKUP_ROOTS: list(/^\S.*$/u).default([]),
  PACKS: list(/^[a-z0-9-]{1,40}$/u).default(['demo']),
  LANGUAGES: list(/^[a-z]{2,3}(?:-[A-Za-z]{2,8})?$/u).default(['en']),
  ENTRANCE: z.enum(['open', 'covered']).default('open'),
  SIMULATOR: z.enum(['on', 'off']).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/u }).optional(),
  IDLE_HOURS: z.coerce.number().int().min(1).max(168).default(24),
  CASE_DAYS: z.coerce.number().int().min(1).max(90).default(7),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d{5,15}:[\w-]{30,60}$/u)
    .optional(),
  TELEGRAM_API_URL: z.url({ protocol: /^https?$/u }).default('https://api.telegram.org'),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/u)
    .optional(),
  WHATSAPP_ACCESS_TOKEN: z
    .string()
    .regex(/^[\w|.-]{20,1000}$/u)
    .optional(),
  WHATSAPP_APP_SECRET: z
    .string()
    .regex(/^[\da-f]{32,64}$/u)
    .optional(),
  WHATSAPP_VERIFY_TOKEN: z
    .string()
    .regex(/^[\w.-]{16,200}$/u)
    .optional(),
  WHATSAPP_PHONE_NUMBER_ID: list(/^\d{3,25}$/u).optional(),
  WHATSAPP_API_URL: z.url({ protocol: /^https?$/u }).default('https://graph.facebook.com'),
  WHATSAPP_GRAPH_VERSION: z
    .string()
    .regex(/^v\d{2}\.\d$/u)
    .default('v25.0'),
  DESK: z.enum(['on', 'off']).default('on'),
  CHATWOOT_URL: z.url({ protocol: /^https?$/u }).optional(),
  CHATWOOT_ACCOUNT_ID: z.coerce.number().int().min(1).optional(),
  CHATWOOT_INBOX_IDENTIFIER: z
    .string()
    .regex(/^[\w-]{8,100}$/u)
    .optional(),
  CHATWOOT_HMAC_TOKEN: z.string().min(8).max(200).optional(),
  CHATWOOT_WEBHOOK_SECRET: z.string().min(8).max(200).optional(),
  CHATWOOT_ACCESS_TOKEN: z
    .string()
    .regex(/^[\w-]{16,200}$/u)
    .optional(),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
} as const
type Variable = keyof typeof VARIABLES

const REMEDIES: Readonly<Record<Variable, string>> = {
  NODE_ENV: 'Use production, development or test.',
  HOST: 'Give the address to listen on, such as 127.0.0.1.',
  PORT: 'Give a port number from 0 to 65535; 0 takes any free one.',
  DATA_DIR: 'Give a folder for the sealed data.',
  VAULT_DIR: 'Give a folder for the keys that no backup reads.',
  STORAGE_URL: 'Use sqlite: or leave it out; other stores are not supported yet.',
  ROOT_KEY_CREDENTIAL:
    'Give the name of a credential of the systemd service, as in LoadCredentialEncrypted=.',
  ROOT_KEY_COMMAND:
    'Give the whole path of a program and its arguments; with blanks in one of them, as a JSON list of texts.',
  BACKUP_ROOTS: 'Give the folders that backups of this machine read, separated by commas.',
  ROOT_KEY_FILE: 'Give the path of a file with 32 bytes that only this program may read.',
  PACKS: 'Give the names of folders in packs/, separated by commas, such as demo.',
  LANGUAGES: 'Give language tags separated by commas, such as en,es.',
  ENTRANCE: 'Use open or covered.',
  SIMULATOR: 'Use on or off.',
  PUBLIC_URL: 'Give the address under which people reach this server, such as https://bot.example.org.',
  IDLE_HOURS: 'Give whole hours from 1 to 168.',
  CASE_DAYS: 'Give whole days from 1 to 90.',
  TELEGRAM_BOT_TOKEN: 'Copy the token from BotFather: digits, a colon, then 35 characters.',
  TELEGRAM_API_URL: 'Give an http or https address, or leave it out.',
  TELEGRAM_WEBHOOK_SECRET:
    'Give 16 to 256 letters, digits, - or _ that nobody can guess, or leave it out to fetch updates instead.',
  WHATSAPP_ACCESS_TOKEN: "Copy the permanent token of a system user from Meta's Business settings.",
  WHATSAPP_APP_SECRET: 'Copy the app secret from the app dashboard, Settings, Basic: 32 characters.',
  WHATSAPP_VERIFY_TOKEN: 'Make one up: 16 to 200 letters, digits, - _ or a dot that nobody can guess.',
  WHATSAPP_PHONE_NUMBER_ID:
    "Copy the phone number's id (not the number itself) from the app dashboard; several with commas.",
  WHATSAPP_API_URL: 'Give an http or https address, or leave it out.',
  WHATSAPP_GRAPH_VERSION: 'Give a version such as v25.0, or leave it out.',
  DESK: 'Use on or off.',
  CHATWOOT_URL: 'Give the address of your Chatwoot, such as https://chatwoot.example.org.',
  CHATWOOT_ACCOUNT_ID: "Copy the number after /accounts/ in Chatwoot's address bar.",
  CHATWOOT_INBOX_IDENTIFIER: "Copy the inbox identifier from the API inbox's settings, Configuration.",
  CHATWOOT_HMAC_TOKEN: "Copy the HMAC token from the API inbox's settings, Configuration.",
  CHATWOOT_WEBHOOK_SECRET: "Copy the webhook's signing secret from the API inbox's settings.",
  CHATWOOT_ACCESS_TOKEN: "Copy the access token of an administrator from Chatwoot's profile settings.",
  METRICS_PORT: 'Give a port number from 0 to 65535, or leave it out.',
}

/** Together they make one account; some without the others make none. */
const TOGETHER = [
  {
    of: 'WhatsApp',
    needed: [
      'WHATSAPP_ACCESS_TOKEN',
      'WHATSAPP_APP_SECRET',
      'WHATSAPP_VERIFY_TOKEN',
      'WHATSAPP_PHONE_NUMBER_ID',
    ],
  },
  {
    of: 'Chatwoot',
    needed: [
      'CHATWOOT_URL',
      'CHATWOOT_ACCOUNT_ID',
      'CHATWOOT_INBOX_IDENTIFIER',
      'CHATWOOT_HMAC_TOKEN',
      'CHATWOOT_WEBHOOK_SECRET',
      'CHATWOOT_ACCESS_TOKEN',
    ],
  },
] as const satisfies readonly { of: string; needed: readonly Variable[] }[]

/** Settings of later versions: setting one now would be a promise that is not kept. */
const NOT_YET: readonly string[] = ['VAULT_URL']
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
    root: rootOf(values, vaultDir, given),
    backupRoots: values.BACKUP_ROOTS.map((folder) => resolve(folder)),
    packs: values.PACKS,
    languages: values.LANGUAGES,
    entrance: values.ENTRANCE,
    simulator:
      values.SIMULATOR === undefined
        ? telegram === undefined && whatsapp === undefined
        : values.SIMULATOR === 'on',
    publicUrl: values.PUBLIC_URL,
    idleHours: values.IDLE_HOURS,
    caseDays: values.CASE_DAYS,
    desk: values.DESK === 'on',
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

/** The words of a command: apart by blanks, or a JSON list. The program by its whole path, so that nobody slips one in. */
function wordsOf(text: string): string[] {
  const { success, data } = z.array(z.string()).min(1).safeParse(listOf(text.trim()))
  return success && isAbsolute(data[0] ?? '') ? data : []
}

function listOf(text: string): unknown {
  if (!text.startsWith('[')) return text.split(/\s+/u)
  try {
    return JSON.parse(text)
  } catch {
    return []
  }
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

function list(item: RegExp) {
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.string().regex(item)).min(1))
}
