import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Locale, Locales } from './conversation/locale.ts'

/**
 * Pages that somebody has read aloud: `locales/<language>/audio/<page>.ogg`, Opus in Ogg, as both platforms play it. Only a
 * page whose words are the same for everyone can be: one with a number, a name or a place in it changes with each person. A
 * recording that was listened to (`lantern locales audio --heard`) names the words that it says, and is not sent any more
 * when they change. What cannot be sent is a fault; the page goes out as text all the same.
 */
export interface Voices {
  /** By language, the pages that can be sent. */
  pages: ReadonlyMap<string, ReadonlySet<string>>
  /** `ar/menu.start`, as it stands in a message. */
  read(name: string): Uint8Array<ArrayBuffer> | undefined
}

export interface VoiceFault {
  file: string
  problem: string
  remedy: string
}

/** What is known of one recording: the words that it says, when it was listened to. */
export const heard = z.record(z.string(), z.string().regex(/^[\w-]{16}$/u))
export const HEARD_FILE = 'audio.json'

/** A minute of speech has 200 kB; more costs people with little data too much. */
export const MOST_BYTES = 1024 * 1024

export function loadVoices(folder: string, locales: Locales): { voices: Voices; faults: VoiceFault[] } {
  const faults: VoiceFault[] = []
  const pages = new Map<string, ReadonlySet<string>>()
  for (const locale of locales.values()) {
    const found = voicesOf(folder, locale)
    faults.push(...found.faults)
    if (found.pages.size > 0) pages.set(locale.tag, found.pages)
  }
  return { faults, voices: { pages, read: (name) => readVoice(folder, pages, name) } }
}

function readVoice(
  folder: string,
  pages: Voices['pages'],
  name: string,
): Uint8Array<ArrayBuffer> | undefined {
  const [language = '', page = ''] = name.split('/')
  if (pages.get(language)?.has(page) !== true) return undefined
  try {
    return new Uint8Array(readFileSync(join(audioFolder(folder, language), `${page}.ogg`)))
  } catch {
    return undefined
  }
}

function voicesOf(folder: string, locale: Locale): { pages: Set<string>; faults: VoiceFault[] } {
  const pages = new Set<string>()
  const faults: VoiceFault[] = []
  const place = audioFolder(folder, locale.tag)
  if (!existsSync(place)) return { pages, faults }
  const said = heardIn(place)
  const spoken = spokenPages(locale)
  const shown = `locales/${locale.tag}/audio`
  if (said === undefined)
    faults.push({
      file: `${shown}/${HEARD_FILE}`,
      problem: 'cannot be read',
      remedy: `Remove it, and run "lantern locales audio --lang ${locale.tag} --heard" when you have listened again.`,
    })
  for (const name of readdirSync(place).toSorted()) {
    if (name === HEARD_FILE) continue
    const page = name.replace(/\.ogg$/u, '')
    const words = spoken.get(page)
    const fault =
      words === undefined
        ? name.endsWith('.ogg') && hasPage(locale, page)
          ? CHANGES
          : NO_PAGE
        : faultOf(join(place, name), said?.[page], digestOf(words))
    if (fault === undefined) pages.add(page)
    else faults.push({ file: `${shown}/${name}`, ...fault })
  }
  return { pages, faults }
}

type Fault = Omit<VoiceFault, 'file'>
const NO_PAGE: Fault = {
  problem: 'is no recording of a page',
  remedy: 'Name it after its page, such as menu.start.ogg, or remove it.',
}
const CHANGES: Fault = {
  problem: 'is of a page that changes with each person, or differs between the platforms, and is not sent',
  remedy: 'Remove it.',
}

function faultOf(path: string, said: string | undefined, digest: string): Fault | undefined {
  const bytes = readFileSync(path)
  if (!isOpus(bytes))
    return { problem: 'is not Opus in an Ogg file, and is not sent', remedy: 'Export it as Ogg Opus, mono.' }
  if (bytes.length > MOST_BYTES)
    return {
      problem: 'is larger than 1 MB, and is not sent',
      remedy: 'Export it as Ogg Opus at 24 kbit/s, mono.',
    }
  if (said !== undefined && said !== digest)
    return {
      problem: 'says older words than the page has now, and is not sent',
      remedy: 'Record it again, or listen to it and run "lantern locales audio --heard".',
    }
  return undefined
}

/** An Ogg page whose first packet begins an Opus stream of one voice (RFC 7845 5.1, RFC 3533 6). */
function isOpus(bytes: Buffer): boolean {
  const segments = bytes[26] ?? 0
  const packet = 27 + segments
  return (
    bytes.toString('latin1', 0, 4) === 'OggS' &&
    bytes.toString('latin1', packet, packet + 8) === 'OpusHead' &&
    bytes[packet + 9] === 1
  )
}

export function heardIn(place: string): Readonly<Record<string, string>> | undefined {
  const path = join(place, HEARD_FILE)
  if (!existsSync(path)) return {}
  try {
    return heard.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** Pages that can be read aloud, with what is to be said. */
export function spokenPages({ messages }: Pick<Locale, 'messages'>): ReadonlyMap<string, string> {
  const spoken = new Map<string, string>()
  for (const [flow, pages] of Object.entries(messages.pages))
    for (const [page, shown] of Object.entries(pages)) {
      const { text }: { text?: string } = shown
      const isLocal = Object.keys(shown).some((key) => key.startsWith('text_'))
      if (text !== undefined && !isLocal && !text.includes('{{')) spoken.set(`${flow}.${page}`, text)
    }
  return spoken
}

function hasPage({ messages }: Locale, page: string): boolean {
  return Object.entries(messages.pages).some(([flow, pages]) =>
    Object.keys(pages).some((name) => `${flow}.${name}` === page),
  )
}

export function digestOf(words: string): string {
  return createHash('sha256').update(words).digest('base64url').slice(0, 16)
}

export function audioFolder(folder: string, language: string): string {
  return join(folder, language, 'audio')
}
