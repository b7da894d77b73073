import { join } from 'node:path'
import type { Look } from '../../flows/context.ts'
import type { Conversation } from '../../src/conversation/conversation.ts'
import { createEngine } from '../../src/conversation/create-engine.ts'
import type { Engine } from '../../src/conversation/engine.ts'
import { createDirectory } from '../../src/directory/create-directory.ts'
import { loadPack } from '../../src/directory/pack/load-pack.ts'
import { loadLocales } from '../../src/load-locales.ts'
import type { Chance } from './seeded.ts'

/**
 * What the bot would answer if nothing ever went wrong: the pure conversation, in this process. It chooses what a person
 * says next so that no text comes again within a few turns of hers.
 */
export interface Dialogue {
  /** The reply, with every number of a case as #. */
  say(text: string): string
  /** Something to say here that leads to another page of reading. */
  wander(chance: Chance): { text: string; reads: string }
  /** As after a wipe, when she writes again. */
  beginAgain(): string
}

const HOUSE = join(import.meta.dirname, '../..')
const FORGOTTEN = 10
/** Pages that depend on the hour, leave, or lead to a person or a number to call. */
const ELSEWHERE = /^(?:talk|services|cover|danger|privacy|settings|welcome|heard|young|understood)\b/u

function makeEngine(): { engine: Engine; coverLines: readonly string[] } {
  const { locales } = loadLocales(join(HOUSE, 'locales'), ['en'])
  const loaded = loadPack(join(HOUSE, 'packs/demo'))
  if (!('pack' in loaded)) throw new Error('packs/demo cannot be read')
  const directory = createDirectory([loaded.pack])
  const engine = createEngine({ locales, directory, entrance: 'open', idleHours: 24, caseDays: 7 })
  return { engine, coverLines: locales.get('en')?.cover.lines ?? [] }
}
const { engine, coverLines } = makeEngine()

export const COVER_LINES = coverLines
export const withoutNumbers = (text: string) => text.replaceAll(/\b\d{8}\b/gu, '#')
export const WIPE_FAILED = engine.wipeFailed(engine.fresh('whatsapp')).text
/** What she reads who is not known: also where her last word before was taken to its end twice. */
export const OPENING = (look: Look) => stepped(look, engine.fresh(look), 'hello', true).text

const moment = () => ({ now: Date.now(), desk: 'open', newCase: '10000000' }) as const

interface Stepped {
  conversation: Conversation
  text: string
  type: string
  labels: string[]
}

function stepped(look: Look, from: Conversation, text: string, isFirst: boolean): Stepped {
  const now = moment()
  const happening = isFirst ? ({ type: 'hello' } as const) : engine.understand(text, from, now)
  if (happening.type === 'wordGiven') throw new Error('not this dialogue')
  const { conversation, message } = engine.step(from, happening, now)
  const labels = message?.choices.map(({ label }) => label) ?? []
  return { conversation, text: withoutNumbers(message?.text ?? ''), type: happening.type, labels }
}

export function startDialogue(look: Look): Dialogue {
  let conversation = engine.fresh(look)
  let labels: string[] = []
  let isFirst = true
  let recent: string[] = []

  function take(next: Stepped): string {
    conversation = next.conversation
    labels = next.labels
    isFirst = false
    recent = [...recent, next.text].slice(-FORGOTTEN)
    return next.text
  }

  return {
    say: (text) => take(stepped(look, conversation, text, isFirst)),
    wander(chance) {
      for (const text of [...chance.shuffled(labels), 'menu']) {
        const next = stepped(look, conversation, text, isFirst)
        const isReading = next.type.startsWith('choose.') || text === 'menu'
        const isNew = !recent.includes(next.text)
        const place = next.conversation.state
        if (isReading && isNew && !ELSEWHERE.test(place)) return { text, reads: take(next) }
      }
      // Everything near was read a moment ago: forgets, so that the menu is new again.
      return { text: 'menu', reads: take(stepped(look, conversation, 'menu', isFirst)) }
    },
    beginAgain() {
      conversation = engine.fresh(look)
      isFirst = true
      return take(stepped(look, conversation, 'hello', true))
    },
  }
}
