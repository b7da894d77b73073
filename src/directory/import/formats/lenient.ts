import { z } from 'zod'

/** Shapes for what other systems export: a field that is missing or of another kind is empty, never a failure. */

/** One line of plain text; "null" is what some tables write for nothing. */
export const text = z.unknown().optional().transform(lineOf)
export const filledText = z
  .unknown()
  .optional()
  .transform(lineOf)
  .refine((line) => line !== '')

/** undefined where it is no number. */
export const number = z
  .unknown()
  .optional()
  .transform((value) => {
    const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    return typeof read === 'number' && Number.isFinite(read) ? read : undefined
  })

/** Entries that cannot be read are left out. */
export function listOf<T extends z.ZodType>(entry: T) {
  return z
    .unknown()
    .optional()
    .transform((value): z.output<T>[] =>
      Array.isArray(value)
        ? value.flatMap((one: unknown): z.output<T>[] => {
            const read = entry.safeParse(one)
            return read.success ? [read.data] : []
          })
        : [],
    )
}

function lineOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return plainLine(value)
    case 'number':
    case 'boolean':
      return String(value)
    default:
      return ''
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
}
const LONGEST_READ = 20_000

/** Most values are a word or two, which need no cleaning. */
const PLAIN = /^(?:[\w.,:+@/()'-]+(?: [\w.,:+@/()'-]+){0,40})?$/u

/** Without markup, line breaks and marks that turn the writing direction. */
export function plainLine(value: string): string {
  if (PLAIN.test(value)) return value.toLowerCase() === 'null' ? '' : value
  const line = value
    .slice(0, LONGEST_READ)
    .replaceAll(/<\/?[a-z][^<>]{0,500}>/giu, ' ')
    .replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/gu, (entity) => ENTITIES[entity] ?? ' ')
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  return line.toLowerCase() === 'null' ? '' : line
}

/** At most this long, cut behind a sentence or a word. */
export function shortened(value: string, longest: number): string {
  if (value.length <= longest) return value
  const cut = value.slice(0, longest)
  const sentence = Math.max(
    cut.lastIndexOf('. '),
    cut.lastIndexOf('! '),
    cut.lastIndexOf('? '),
    cut.lastIndexOf('。'),
  )
  if (sentence > longest / 3) return cut.slice(0, sentence + 1).trim()
  const word = cut.slice(0, longest - 1).lastIndexOf(' ')
  return `${cut
    .slice(0, word > 0 ? word : longest - 1)
    .toWellFormed()
    .trim()}…`
}
