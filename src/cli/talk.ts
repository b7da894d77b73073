import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { StartRefused } from '../errors.ts'
import { HOUSE, LANGUAGE } from './house.ts'
import { livePacks } from './live-packs.ts'
import { createTalk, type Talk } from './talk/conversation.ts'
import { lineOf, readLine } from './talk/json-lines.ts'
import { drawn, HOW_TO, typed } from './talk/terminal.ts'

/**
 * `lantern talk`: the conversation in a terminal, held by the same engine, words and live directory as the service. With `--json`
 * one object a line in and one out (DESIGN 11); with `--save flow/case` the chat is kept for the tests.
 */
const OPTIONS = {
  json: { type: 'boolean', default: false },
  lang: { type: 'string' },
  channel: { type: 'string', default: 'whatsapp' },
  pack: { type: 'string', default: 'demo' },
  desk: { type: 'string', default: 'open' },
  entrance: { type: 'string', default: 'open' },
  now: { type: 'string' },
  save: { type: 'string' },
} as const

const wish = z.object({
  json: z.boolean(),
  lang: z.string().optional(),
  channel: z.enum(['whatsapp', 'telegram']),
  pack: z.string().regex(/^[a-z0-9-]+(?:,[a-z0-9-]+)*$/u),
  desk: z.enum(['open', 'closed', 'none']),
  entrance: z.enum(['open', 'covered']),
  now: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  save: z
    .string()
    .regex(/^[a-z]+\/[a-z0-9-]+$/u)
    .optional(),
})

export async function run(args: string[]): Promise<number> {
  const read = wished(args)
  if (typeof read === 'string') {
    console.error(read)
    return 1
  }
  try {
    const { json, lang, save } = read
    const start = read.now === undefined ? undefined : Date.parse(read.now)
    // What is kept for the tests is played against the folder's table.
    const packs = save === undefined ? { packs: await livePacks(read.pack.split(',')) } : {}
    const talk = createTalk({
      ...packs,
      language: lang,
      now: () => start ?? Date.now(),
      setting: {
        channel: read.channel,
        language: lang ?? LANGUAGE,
        pack: read.pack,
        desk: read.desk,
        entrance: read.entrance,
        now: new Date(start ?? Date.now()).toISOString(),
      },
    })
    await (json ? holdInJson(talk) : holdInTerminal(talk))
    if (save !== undefined) keep(save, lang ?? 'en', talk.transcript())
    return 0
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    for (const line of error.lines) console.error(line)
    return 1
  }
}

function wished(args: string[]): z.output<typeof wish> | string {
  try {
    const { values } = parseArgs({ args, options: OPTIONS })
    const read = wish.safeParse(values)
    if (read.success) return read.data
    const option = String(read.error.issues[0]?.path[0] ?? '')
    return `--${option} ${HINTS[option] ?? 'cannot be used.'}`
  } catch (error) {
    return error instanceof Error ? error.message : 'These options are not known.'
  }
}

const HINTS: Readonly<Record<string, string>> = {
  channel: 'is whatsapp or telegram.',
  pack: 'names folders in packs/, separated by commas.',
  desk: 'is open, closed or none.',
  entrance: 'is open or covered.',
  now: 'is an instant such as 2026-03-02T10:00:00Z.',
  save: 'is <flow>/<case> in small letters, such as health/first-day.',
}

async function holdInJson(talk: Talk): Promise<void> {
  console.log(lineOf(await talk.give({ kind: 'text', text: 'hello' })))
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const line = readLine(text)
    console.log('error' in line ? JSON.stringify(line) : lineOf(await talk.give(line.given, line.after)))
  }
}

async function holdInTerminal(talk: Talk): Promise<void> {
  const width = Math.min(process.stdout.columns ?? 72, 72)
  console.log(`${HOW_TO}\n`)
  console.log(drawn(await talk.give({ kind: 'text', text: 'hello' }), width))
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' })
  lines.prompt()
  let waited = 0
  for await (const line of lines) {
    const read = typed(line, talk.shown().at(-1)?.choices ?? [])
    if (read === 'quit') break
    if ('error' in read) console.log(read.error)
    else if ('later' in read) waited += read.later
    else {
      console.log(drawn(await talk.give(read.given, waited), width))
      waited = 0
    }
    lines.prompt()
  }
  lines.close()
}

function keep(name: string, language: string, transcript: string): void {
  const path = join(HOUSE, 'tests/conversations', `${name}.${language}.chat`)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, transcript)
  console.error(`Saved as tests/conversations/${name}.${language}.chat`)
}
