import { z } from 'zod'

/** Shapes for what other systems export: a field that is missing or of another kind is empty, never a failure. */

/** One line of plain text; "null" is what some tables write for nothing. */
export const text = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => plainLine(String(value)))
  .catch('')

export const filledText = z
  .union([z.string(), z.number()])
  .transform(String)
  .transform(plainLine)
  .pipe(z.string().min(1))

/** undefined where it is no number. */
export const number = z
  .union([z.number(), z.string().trim().min(1).transform(Number)])
  .pipe(z.number())
  .optional()
  .catch(undefined)

/** Entries that cannot be read are left out. */
export function listOf<T extends z.ZodType>(entry: T) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((entries) =>
      entries.flatMap((one): z.output<T>[] => {
        const read = entry.safeParse(one)
        return read.success ? [read.data] : []
      }),
    )
}

export const flag = z.boolean().catch(false)

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
}
const LONGEST_READ = 20_000

/** Without markup, line breaks and marks that turn the writing direction. */
export function plainLine(value: string): string {
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
