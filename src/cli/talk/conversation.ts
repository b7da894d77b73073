import { randomBytes } from 'node:crypto'
import type { Pack } from '../../directory/pack/pack.ts'
import type { Message } from '../../conversation/message.ts'
import { engineOf, IDLE_HOURS, packsOf } from '../house.ts'
import { headOf, readWritten, type Setting, turnOf, writtenOf } from './chat-file.ts'
import { createPhone, type Given, type Screen } from './phone.ts'

/** One conversation at the command line: a phone, its clock, what it has shown, and the transcript of it all. */
export interface Talk {
  give(given: Given, after?: number): Promise<Screen>
  /** As in a chat file: words, [label], [label] further up, @lat,lon, (photo). */
  giveWritten(written: string, after?: number): Promise<Screen>
  shown(): readonly Message[]
  transcript(): string
}

export interface TalkWish {
  setting: Setting
  /** Undefined asks for the language where several are served. */
  language: string | undefined
  /** Milliseconds since 1970, before what was skipped by `after`. */
  now(): number
  /** Those of the setting with other lists than their folders have. */
  packs?: readonly Pack[]
}

export function createTalk({ setting, language, now, packs: lists }: TalkWish): Talk {
  const { channel, pack, desk, entrance } = setting
  const packs = lists ?? packsOf(pack.split(','))
  const engine = engineOf({ packs, entrance, ...(language === undefined ? {} : { language }) })
  const shown: Message[] = []
  let skipped = 0
  let transcript = headOf(setting)
  const phone = createPhone({
    engine,
    entrance,
    look: channel,
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    idleMs: IDLE_HOURS * 3_600_000,
    moment: () => ({ now: now() + skipped * 60_000, desk }),
  })

  async function give(given: Given, after = 0): Promise<Screen> {
    skipped += after
    const written = writtenOf(given, shown)
    const screen = await phone.give(given)
    if (screen.message !== undefined) shown.push(screen.message)
    transcript += turnOf({ after, written }, screen)
    return screen
  }

  return {
    give,
    giveWritten: (written, after) => give(readWritten(written, shown), after),
    shown: () => shown,
    transcript: () => transcript,
  }
}

/** Plays the turns of a chat file at its own time. */
export function replayOf(setting: Setting): Talk {
  const start = Date.parse(setting.now)
  if (Number.isNaN(start)) throw new Error(`${setting.now} is not an instant`)
  return createTalk({ setting, language: setting.language, now: () => start })
}
