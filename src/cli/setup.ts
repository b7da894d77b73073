import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Config, readConfig } from '../config.ts'
import type { Outcome } from './setup/carry-out.ts'
import { type Dialogue, terminalDialogue } from './setup/dialogue.ts'
import { servedProfiles } from './setup/served-profiles.ts'
import { setUpTelegram } from './setup/telegram.ts'
import { setUpWhatsapp } from './setup/whatsapp.ts'

/**
 * `lantern setup`: looks at every channel that is set, says what it found and what it would set, asks once a channel,
 * sets it, and ends with what is done and what is left. It ends with 0 only when all that was asked for worked. No token
 * and no secret is ever printed.
 */
const wish = z.object({
  yes: z.boolean(),
  again: z.boolean(),
  channel: z.enum(['telegram', 'whatsapp']).optional(),
  waba: z
    .string()
    .regex(/^\d{3,30}$/u)
    .optional(),
})
export type SetupWish = z.output<typeof wish>

const USAGE = `Usage: npm run -s lantern -- setup [--yes] [--channel telegram|whatsapp] [--waba ID] [--again]
  --yes      sets everything without asking
  --channel  looks at this one only
  --waba     the id of the WhatsApp business account, where the token does not tell it
  --again    also sets what the platforms do not show: secrets, after you changed them`

export async function run(args: string[]): Promise<number> {
  const read = wished(args)
  if (read === undefined) {
    console.error(USAGE)
    return 1
  }
  try {
    process.loadEnvFile()
  } catch {
    // No .env file: the environment alone holds.
  }
  const settings = readConfig(process.env)
  if ('config' in settings)
    return setUp(settings.config, read, terminalDialogue({ yes: read.yes }), Date.now())
  for (const { variable, problem, remedy } of settings.faults)
    console.error(`${variable} ${problem}. ${remedy}`)
  return 1
}

function wished(args: string[]): SetupWish | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        yes: { type: 'boolean', default: false },
        again: { type: 'boolean', default: false },
        channel: { type: 'string' },
        waba: { type: 'string' },
      },
    })
    return wish.safeParse(values).data
  } catch {
    return undefined
  }
}

export async function setUp(
  config: Config,
  { channel, waba: account, again }: SetupWish,
  dialogue: Dialogue,
  now: number,
): Promise<number> {
  const { publicUrl, telegram, whatsapp } = config
  const wanted = (name: string) => channel === undefined || channel === name
  const missing = channel !== undefined && config[channel] === undefined
  if (missing || (telegram === undefined && whatsapp === undefined)) {
    dialogue.tell(`${missing ? `No ${channel} account` : 'No channel'} is set. ${FIRST_SETTINGS}`)
    return 1
  }
  const outcomes: Outcome[] = []
  if (telegram !== undefined && wanted('telegram')) {
    const profiles = servedProfiles(config)
    outcomes.push(await setUpTelegram(telegram, { publicUrl, profiles, again, now }, dialogue))
  }
  if (whatsapp !== undefined && wanted('whatsapp'))
    outcomes.push(await setUpWhatsapp(whatsapp, { publicUrl, account, again, now }, dialogue))
  return summary(outcomes, dialogue)
}

const FIRST_SETTINGS =
  'Put TELEGRAM_BOT_TOKEN, or the four WHATSAPP_ settings, into the file .env: see the README.'

function summary(outcomes: readonly Outcome[], { tell }: Dialogue): number {
  const section = (title: string, lines: readonly string[]) => {
    if (lines.length === 0) return
    tell(`\n${title}`)
    for (const line of lines) tell(`  - ${line}`)
  }
  const failed = outcomes.flatMap((outcome) => outcome.failed)
  section(
    'Done:',
    outcomes.flatMap((outcome) => outcome.done),
  )
  section('Not done:', failed)
  section(
    'Left to do by hand:',
    outcomes.flatMap((outcome) => outcome.byHand),
  )
  return failed.length === 0 ? 0 : 1
}
