import type { Look } from '../../../flows/context.ts'
import type { Message } from '../../conversation/message.ts'
import type { Given, Screen } from './phone.ts'

/**
 * A whole conversation as a file that a person can read: what was set, then each message of hers behind `>` and what
 * the phone showed. tests/conversations plays the lines behind `>` again and compares every byte.
 */
export interface Setting {
  channel: Look
  language: string
  pack: string
  desk: 'open' | 'closed' | 'none'
  entrance: 'open' | 'covered'
  /** ISO instant of the first message. */
  now: string
}

export interface Turn {
  /** Minutes that pass before it. */
  after: number
  /** What stands behind `>`: words, [label], [label] further up, @lat,lon, (photo). */
  written: string
}

const HEADINGS = ['channel', 'language', 'pack', 'desk', 'entrance', 'now'] as const
const LATER = /^\.\.\. (\d+) minutes later$/u

export function readChat(text: string): { setting: Setting; turns: Turn[] } {
  const lines = text.split('\n')
  const values = Object.fromEntries(HEADINGS.map((name) => [name, headed(lines, name)]))
  const turns: Turn[] = []
  let after = 0
  for (const line of lines.slice(HEADINGS.length)) {
    const minutes = LATER.exec(line)?.[1]
    if (minutes !== undefined) after = Number(minutes)
    if (!line.startsWith('> ')) continue
    turns.push({ after, written: line.slice(2) })
    after = 0
  }
  return { setting: values as unknown as Setting, turns }
}

function headed(lines: readonly string[], name: string): string {
  const line = lines.slice(0, HEADINGS.length).find((one) => one.startsWith(`${name}:`))
  if (line === undefined) throw new Error(`this chat has no line "${name}: ..." at its top`)
  return line.slice(name.length + 1).trim()
}

export function headOf(setting: Setting): string {
  return HEADINGS.map((name) => `${`${name}:`.padEnd(10)}${setting[name]}\n`).join('')
}

export function turnOf({ after, written }: Turn, screen: Screen): string {
  const later = after === 0 ? '' : `... ${after} minutes later\n\n`
  return `\n${later}> ${written}\n\n${screenOf(screen)}`
}

function screenOf({ page, message, deleted }: Screen): string {
  const gone = deleted === 0 ? [] : [`(${deleted} messages of this chat are deleted)`]
  const lines = message === undefined ? ['(nothing)'] : [`${page}:`, message.text, ...choiceLines(message)]
  return `${[...gone, ...lines].join('\n')}\n`
}

/** Numbered choices stand in the text already. */
function choiceLines({ layout, choices, listLabel, placeLabel }: Message): string[] {
  const place = placeLabel === undefined ? [] : [`  [@ ${placeLabel}]`]
  if (layout === 'none') return place
  const list = layout === 'list' ? [`  ${listLabel ?? ''}:`] : []
  return [...list, ...choices.map(({ label }) => `  [${label}]`), ...place]
}

const PRESSED = /^\[(.*)\](?<earlier> further up)?$/u
/** A button that no message of this chat shows stands with its id: `[gone.page:yes]`. */
const ID = /^[\w.]+:[^\s:]+$/u
const PLACE = /^@(-?\d+(?:\.\d+)?),\s*(-?\d+(?:\.\d+)?)$/u

/** `shown`: the messages of the chat so far, latest last. */
export function readWritten(written: string, shown: readonly Message[]): Given {
  const place = PLACE.exec(written)
  if (place !== null) return { kind: 'place', place: { lat: Number(place[1]), lon: Number(place[2]) } }
  if (written === '(photo)') return { kind: 'photo' }
  const pressed = PRESSED.exec(written)
  if (pressed === null) return { kind: 'text', text: JSON.parse(`"${written.replaceAll('"', '\\"')}"`) }
  if (ID.test(pressed[1] ?? '')) return { kind: 'choice', id: pressed[1] ?? '' }
  const messages =
    pressed.groups?.['earlier'] === undefined ? shown.slice(-1) : shown.slice(0, -1).toReversed()
  const choice = messages.flatMap(({ choices }) => choices).find(({ label }) => label === pressed[1])
  if (choice === undefined) throw new Error(`there is no choice ${written}`)
  return { kind: 'choice', id: choice.id }
}

/** Marks that have no shape of their own, such as those that turn the direction of writing. */
const UNSEEN = /\p{Cf}/gu
const escaped = (mark: string) =>
  Array.from(
    { length: mark.length },
    (_, at) => `\\u${mark.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')

/** The way back: how what was given stands behind `>`. Unusual characters are escaped as in JSON. */
export function writtenOf(given: Given, shown: readonly Message[]): string {
  switch (given.kind) {
    case 'text':
      return asText(JSON.stringify(given.text).slice(1, -1).replaceAll('\\"', '"').replace(UNSEEN, escaped))
    case 'place':
      return `@${given.place.lat},${given.place.lon}`
    case 'photo':
      return '(photo)'
    case 'choice': {
      const labelled = (message: Message | undefined) =>
        message?.choices.find(({ id }) => id === given.id)?.label
      const now = labelled(shown.at(-1))
      if (now !== undefined) return `[${now}]`
      const before = shown
        .toReversed()
        .map(labelled)
        .find((label) => label !== undefined)
      return before === undefined ? `[${given.id}]` : `[${before}] further up`
    }
  }
}

/** What a person typed like a press, a place or a photo keeps its first mark escaped, so that it is read as text. */
function asText(written: string): string {
  const isOther = PRESSED.test(written) || PLACE.test(written) || written === '(photo)'
  return isOther ? `${escaped(written.slice(0, 1))}${written.slice(1)}` : written
}
