import { isIP } from 'node:net'
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { isSentinelAddress, sentinelAddress } from './storage/redis/link/sentinel-address.ts'

/** The variables of the environment that are settings: what each may be, and what to do where it is something else. */
export const VARIABLES = {
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  DATA_DIR: z.string().min(1).default('./data'),
  VAULT_DIR: z.string().min(1).default('./vault'),
  STORAGE_URL: z
    .string()
    .regex(/^(?:sqlite:|rediss?(?:-sentinel)?:\/\/\S+|unix:\/\/\S+)$/u)
    .refine(isAddress)
    .default('sqlite:'),
  VAULT_URL: z
    .string()
    .regex(/^(?:rediss?|unix):\/\/\S+$/u)
    .refine(isAddress)
    .optional(),
  ROOT_KEY_FILE: z.string().min(1).optional(),
  ROOT_KEY_CREDENTIAL: z
    .string()
    .regex(/^[\w.-]{1,200}$/u)
    .optional(),
  ROOT_KEY_COMMAND: z.string().transform(wordsOf).pipe(z.array(z.string()).min(1)).optional(),
  BACKUP_ROOTS: list(/^\S.*$/u).default([]),
  PACKS: list(/^[a-z0-9-]{1,40}$/u).default(['demo']),
  LANGUAGES: list(/^[a-z]{2,3}(?:-[A-Za-z]{2,8})?$/u).default(['en']),
  UNREVIEWED_LANGUAGES: list(/^[a-z]{2,3}(?:-[A-Za-z]{2,8})?$/u).default([]),
  ENTRANCE: z.enum(['open', 'covered']).default('open'),
  SIMULATOR: z.enum(['on', 'off']).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/u }).optional(),
  TRUSTED_PROXIES: list(/^\S+$/u)
    .refine((all) => all.every(isNetwork))
    .default([]),
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
  STATISTICS_AREAS: z.enum(['on', 'off']).default('off'),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
} as const
export type Variable = keyof typeof VARIABLES

export const REMEDIES: Readonly<Record<Variable, string>> = {
  NODE_ENV: 'Use production, development or test.',
  HOST: 'Give the address to listen on, such as 127.0.0.1.',
  PORT: 'Give a port number from 0 to 65535; 0 takes any free one.',
  DATA_DIR: 'Give a folder for the sealed data.',
  VAULT_DIR: 'Give a folder for the keys that no backup reads.',
  STORAGE_URL:
    'Use sqlite: or leave it out for files in DATA_DIR; or name a Redis server, as rediss://:password@host:6379, or the sentinels that watch it, as rediss-sentinel://:password@host:26379,host:26379,host:26379/name.',
  VAULT_URL: 'Name a second Redis server, for the keys alone, as rediss://:password@host:6379.',
  ROOT_KEY_CREDENTIAL:
    'Give the name of a credential of the systemd service, as in LoadCredentialEncrypted=.',
  ROOT_KEY_COMMAND:
    'Give the whole path of a program and its arguments; with blanks in one of them, as a JSON list of texts.',
  BACKUP_ROOTS: 'Give the folders that backups of this machine read, separated by commas.',
  ROOT_KEY_FILE: 'Give the path of a file with 32 bytes that only this program may read.',
  PACKS: 'Give the names of folders in packs/, separated by commas, such as demo.',
  LANGUAGES: 'Give language tags separated by commas, such as en,es.',
  UNREVIEWED_LANGUAGES:
    'Give the tags of languages that you answer for though nobody has reviewed them, separated by commas.',
  ENTRANCE: 'Use open or covered.',
  SIMULATOR: 'Use on or off.',
  PUBLIC_URL: 'Give the address under which people reach this server, such as https://bot.example.org.',
  TRUSTED_PROXIES:
    'Give the addresses of your own proxies, alone or as networks such as 10.1.2.0/24, separated by commas.',
  IDLE_HOURS: 'Give whole hours from 1 to 168.',
  CASE_DAYS: 'Give whole days from 1 to 90.',
  TELEGRAM_BOT_TOKEN: 'Copy the token from BotFather: digits, a colon, then 35 characters.',
  TELEGRAM_API_URL: 'Give an http or https address, or leave it out.',
  TELEGRAM_WEBHOOK_SECRET:
    'Give 16 to 256 letters, digits, - or _ that nobody can guess, or leave it out (with files alone) to fetch updates instead.',
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
  STATISTICS_AREAS: 'Use on or off.',
  METRICS_PORT: 'Give a port number from 0 to 65535, or leave it out.',
}

/** Together they make one account; some without the others make none. */
export const TOGETHER = [
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

/** What a client of such a server can read. */
function isAddress(text: string): boolean {
  if (isSentinelAddress(text)) return sentinelAddress(text) !== undefined
  return text.startsWith('unix:') || URL.canParse(text)
}

/** An address or a network of them. All addresses there are would let anybody say where they come from. */
function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more !== undefined || address.includes('%')) return false
  return bits === undefined || (/^[1-9]\d{0,2}$/u.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

function list(item: RegExp) {
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(z.string().regex(item)).min(1))
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
