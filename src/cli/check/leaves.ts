/** Every text of a messages file by its key, `pages.menu.start.text`, in the order of the file. */
export function leavesOf(value: unknown, key = ''): Map<string, string> {
  const leaves = new Map<string, string>()
  if (typeof value === 'string') leaves.set(key, value)
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value))
      for (const [path, text] of leavesOf(inner, key === '' ? name : `${key}.${name}`)) leaves.set(path, text)
  return leaves
}

/** A page's own text: its key, without the platform for which it is worded. */
const PAGE_TEXT = /^pages\.([a-zA-Z]+\.[a-zA-Z0-9]+)\.text(?:_whatsapp|_telegram|_local)?$/u
/** `pages.menu.start.choices.now` and what is in it. */
const PAGE_LABEL = /^pages\.([a-zA-Z]+\.[a-zA-Z0-9]+)\.choices\.([a-zA-Z0-9]+)$/u

export function pageOfText(key: string): string | undefined {
  return PAGE_TEXT.exec(key)?.[1]
}

export function pageOfLabel(key: string): { page: string; choice: string } | undefined {
  const [, page, choice] = PAGE_LABEL.exec(key) ?? []
  return page === undefined || choice === undefined ? undefined : { page, choice }
}

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/gu

export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)]
    .map(([, name]) => name ?? '')
    .toSorted((a, b) => a.localeCompare(b, 'en'))
}

/** Placeholders that stand for a word in a sentence; every other one stands for lines of its own. */
const INLINE = new Set(['exitWord', 'wipeWord', 'comeBack', 'idleHours', 'caseDays', 'platform'])

/** The reviewed words alone: what is filled in comes from packs. */
export function withoutPlaceholders(text: string): string {
  return text.replace(PLACEHOLDER, (_, name: string) => (INLINE.has(name) ? '24' : '')).trim()
}

/** What a notification can show of it: up to where lines of a pack begin. */
export function previewOf(text: string, length: number): string {
  const block = [...text.matchAll(PLACEHOLDER)].find(([, name]) => !INLINE.has(name ?? ''))
  return withoutPlaceholders(text.slice(0, block?.index)).slice(0, length)
}
