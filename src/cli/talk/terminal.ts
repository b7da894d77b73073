import { styleText } from 'node:util'
import type { Given, Screen } from './phone.ts'

/** The phone for people: the message behind a bar, its choices with the numbers that press them. */
export const HOW_TO =
  'Write as on a phone. A number presses a choice. Also: /photo, /place 1.2,3.4, /later 40 (minutes), /quit.'

export function drawn({ page, message, deleted }: Screen, width: number): string {
  const dim = (text: string) => styleText('dim', text)
  const bar = dim('│')
  const gone = deleted === 0 ? [] : [dim(`(${deleted} messages of this chat are deleted)`)]
  if (message === undefined) return [...gone, dim('(nothing)')].join('\n')
  const text = message.text.split('\n').flatMap((line) => wrapped(line, width - 4))
  const numbered =
    message.layout === 'none' ? [] : message.choices.map(({ label }, i) => `${dim(`${i + 1}`)} ${label}`)
  const place = message.placeLabel === undefined ? [] : [`${dim('/place')} ${message.placeLabel}`]
  const choices = [...numbered, ...place]
  return [
    ...gone,
    dim(`╭ ${page}`),
    ...[...text, ...(choices.length === 0 ? [] : ['', ...choices])].map((line) => `${bar} ${line}`.trimEnd()),
    dim('╰'),
  ].join('\n')
}

function wrapped(line: string, width: number): string[] {
  const lines = ['']
  for (const word of line.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}

export type Typed = { given: Given; after: number } | { later: number } | { error: string } | 'quit'

const PLACE = /^\/place\s+(-?\d+(?:\.\d+)?)[,\s]+(-?\d+(?:\.\d+)?)$/u

export function typed(line: string, choices: readonly { id: string }[]): Typed {
  const [command, rest] = line.trim().split(/\s+/u)
  if (command === '/quit') return 'quit'
  if (command === '/photo') return { given: { kind: 'photo' }, after: 0 }
  if (command === '/later') {
    const minutes = Number(rest)
    return Number.isInteger(minutes) && minutes > 0
      ? { later: minutes }
      : { error: 'Write /later 40, in minutes.' }
  }
  if (command === '/place') {
    const [, lat, lon] = PLACE.exec(line.trim()) ?? []
    if (lat === undefined || lon === undefined) return { error: 'Write /place 1.2,3.4: latitude, longitude.' }
    return { given: { kind: 'place', place: { lat: Number(lat), lon: Number(lon) } }, after: 0 }
  }
  const choice = /^\d{1,2}$/u.test(line.trim()) ? choices[Number(line) - 1] : undefined
  return {
    given: choice === undefined ? { kind: 'text', text: line } : { kind: 'choice', id: choice.id },
    after: 0,
  }
}
