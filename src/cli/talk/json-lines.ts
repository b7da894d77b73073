import { z } from 'zod'
import type { Given, Screen } from './phone.ts'

/** The lines of `lantern talk --json`: one object in, one object out. A line that is none of them is told what is wrong. */
const place = z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) })
/** Minutes that pass before the line is given. */
const after = z.number().min(0).max(1_000_000).optional()
const line = z.union([
  z.strictObject({ text: z.string(), after }),
  z.strictObject({ choice: z.string(), after }),
  z.strictObject({ place, after }),
  z.strictObject({ photo: z.literal(true), after }),
])

const WANTED =
  'Write one of {"text":"..."}, {"choice":"<id>"}, {"place":{"lat":0,"lon":0}}, {"photo":true}; "after" adds minutes.'

export function readLine(text: string): { given: Given; after: number } | { error: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { error: `This line is not JSON. ${WANTED}` }
  }
  const read = line.safeParse(value)
  if (!read.success) return { error: `This object is not understood. ${WANTED}` }
  const { after: minutes = 0, ...rest } = read.data
  return { given: givenOf(rest), after: minutes }
}

function givenOf(
  read: { text: string } | { choice: string } | { place: z.output<typeof place> } | object,
): Given {
  if ('text' in read) return { kind: 'text', text: read.text }
  if ('choice' in read) return { kind: 'choice', id: read.choice }
  if ('place' in read) return { kind: 'place', place: read.place }
  return { kind: 'photo' }
}

export function lineOf({ page, message, deleted }: Screen): string {
  const messages =
    message === undefined
      ? []
      : [{ text: message.text, choices: message.choices.map(({ id, label }) => ({ id, label })) }]
  return JSON.stringify({ page, messages, deleted })
}
