import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { review } from './locale-review.ts'
import type { Cover, Locale, Locales, Messages, Words } from './conversation/locale.ts'

/**
 * Reads the languages from their folders. What is wrong inside messages and words is `lantern check`'s task; here only
 * a file that cannot be read, or a language that was asked for and is not there, is a fault.
 */
export interface LocaleFault {
  file: string
  problem: string
  remedy: string
}

const about = z.object({
  name: z.string().min(1),
  direction: z.enum(['ltr', 'rtl']),
  review: review.default({}),
})
const cover = z.object({ lines: z.array(z.string().min(1)).min(1) })
const anything = z.record(z.string(), z.unknown())

/** `wanted` in the order served; empty takes every folder, English first. */
export function loadLocales(
  folder: string,
  wanted: readonly string[] = [],
): { locales: Locales; faults: readonly LocaleFault[] } {
  const faults: LocaleFault[] = []
  const there = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted((a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b, 'en'))
  const locales = new Map<string, Locale>()
  for (const tag of wanted.length === 0 ? there : wanted) {
    if (!there.includes(tag)) {
      faults.push({
        file: `locales/${tag}`,
        problem: 'is not there',
        remedy: `Take ${tag} out of LANGUAGES; there are: ${there.join(', ')}.`,
      })
      continue
    }
    const read = <T>(name: string, schema: z.ZodType<T>): T | undefined => {
      const file = `locales/${tag}/${name}`
      const content = parse(join(folder, tag, name))
      const checked = schema.safeParse(content)
      if (checked.success) return checked.data
      const place = checked.error.issues[0]?.path.join('.') ?? ''
      const problem =
        content === undefined ? 'is missing or not JSON' : `has no usable ${place === '' ? 'content' : place}`
      faults.push({ file, problem, remedy: 'Compare it with the same file in locales/en.' })
      return undefined
    }
    const locale = read('locale.json', about)
    const messages = read('messages.json', anything)
    const words = read('words.json', anything)
    const lines: Cover | undefined = read('cover.json', cover)
    if (locale === undefined || messages === undefined || words === undefined || lines === undefined) continue
    locales.set(tag, {
      tag,
      name: locale.name,
      direction: locale.direction,
      messages: messages as unknown as Messages,
      words: words as unknown as Words,
      cover: lines,
      review: locale.review,
    })
  }
  return { locales, faults }
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
