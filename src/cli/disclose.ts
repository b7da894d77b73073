import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { ChannelName } from '../channels/channel.ts'
import { addressOf, phoneOf, userIdOf } from '../channels/whatsapp/identity.ts'
import type { Config } from '../config.ts'
import { StartRefused } from '../errors.ts'
import { loadRoot } from '../main/stores/root.ts'
import { onFiles } from '../main/stores/on-files.ts'
import { readSettings } from '../main/settings.ts'
import { type Sensitive, sensitive } from '../privacy/sensitive.ts'
import { fieldsOf } from './disclose/field-names.ts'
import { type Held, heldOf } from './disclose/held.ts'

/**
 * `lantern disclose CHANNEL ADDRESS`: what could be handed over about one person. It prints all that is kept of whoever
 * writes from this address, and what our keys open of it, beside the running service and without a write.
 */
export async function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error(USAGE)
    return 1
  }
  try {
    const config = onFiles(readSettings(process.env), 'disclose', INSTEAD)
    const held = await disclosed(config, wish)
    console.log(wish.json ? JSON.stringify({ held }, undefined, 2) : inWords(held))
    return 0
  } catch (error) {
    const refused = error instanceof StartRefused ? error.lines : undefined
    const file = error instanceof Error && error.name === 'FileRefused' ? [`VAULT_DIR: ${error.message}`] : []
    const lines = refused ?? file
    if (lines.length === 0) throw error
    for (const line of lines) console.error(line)
    return 1
  }
}

const USAGE = `Usage: npm run -s lantern -- disclose telegram CHAT_ID [--json]
       npm run -s lantern -- disclose whatsapp PHONE_OR_USER_ID [--json]
       npm run -s lantern -- disclose simulator PHONE [--json]`

interface Wish {
  channel: ChannelName
  address: string
  json: boolean
}

function wished(args: string[]): Wish | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const [given, address = '', ...rest] = positionals
    const channel = CHANNELS.find((known) => known === given)
    if (channel === undefined || address.trim() === '' || rest.length > 0) return undefined
    return { channel, address: address.trim(), json: values.json }
  } catch {
    return undefined
  }
}

const CHANNELS = ['telegram', 'whatsapp', 'simulator'] as const

const INSTEAD = 'What is kept there of one person cannot be listed yet.'

async function disclosed(config: Config, { channel, address }: Wish): Promise<Held[]> {
  const { dataDir, vaultDir } = config
  if (config.root.kind === 'file' && !existsSync(config.root.path))
    throw new StartRefused('rootKey.refused', [
      'ROOT_KEY_FILE is not there: without it nothing can be opened.',
    ])
  const root = loadRoot(config, { bytes: (length) => new Uint8Array(length) })
  const names = channel === 'whatsapp' ? onWhatsapp(config, address) : [sensitive(address)]
  const parts = (name: string) => name.split('|').filter((part) => part !== '')
  return heldOf({
    dataDir,
    vaultDir,
    root,
    channel,
    names,
    isHers: (hers) =>
      channel === 'whatsapp' ? parts(hers).slice(1).includes(digitsOr(address)) : hers === address,
  })
}

/** Under each of our own numbers, since a person is somebody else to each of them. */
function onWhatsapp({ whatsapp }: Config, address: string): Sensitive<string>[] {
  const ours = whatsapp?.phoneNumberIds ?? []
  if (ours.length === 0)
    throw new StartRefused('config.faulty', [
      'WHATSAPP_PHONE_NUMBER_ID is not set: a person is known by it and her own number together.',
    ])
  const [userId, phone] = [userIdOf(address), phoneOf(address)]
  const who = { ...(userId === undefined ? {} : { userId }), ...(phone === undefined ? {} : { phone }) }
  return ours.flatMap((number) => addressOf(number, who)?.names ?? [])
}

const digitsOr = (address: string) => phoneOf(address) ?? address

function inWords(held: readonly Held[]): string {
  if (held.length === 0) return 'Nothing is kept of this address.'
  return held
    .map((one) => {
      const sealed = one.readable === undefined && HAS_KEY.has(one.kind) ? '  (its key is gone)\n' : ''
      const lines = fieldsOf(one).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`)
      return `${TITLES[one.kind]}\n${sealed}${lines.join('\n')}`
    })
    .join('\n\n')
}

const HAS_KEY = new Set<Held['kind']>([
  'conversation',
  'waiting',
  'messageId',
  'case',
  'caseEntry',
  'atChatwoot',
])
const TITLES: Readonly<Record<Held['kind'], string>> = {
  conversation: 'The conversation',
  waiting: 'Something that waits to be sent or passed on',
  messageId: 'The id of a message that can still be deleted',
  seenEvent: 'An event that was taken, as a keyed hash',
  case: 'A case at the desk',
  caseEntry: 'A line of that case',
  atChatwoot: 'What has yet to be deleted at Chatwoot',
  auditLine: "A line of the desk's audit log about that case",
  glass: 'Who may read that case through the glass',
  opening: 'Who opened that case within the hour',
}
