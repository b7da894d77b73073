import { batch, effect, signal } from '@preact/signals'
import { LANGUAGES } from '../languages.ts'
import english from '../locales/en.json' with { type: 'json' }

/**
 * The words of the desk. English is in the page; another language is fetched when it is spoken, so that nobody waits for
 * words that they do not read. What is put into a sentence is isolated, so that a number or a name of the other direction
 * moves nothing around it.
 */

export type Key = keyof typeof english
type Wording = string | { [rule in Intl.LDMLPluralRule]?: string }
type Words = Partial<Record<Key, Wording>>

export const language = signal<string>('en')
const words = signal<Words>(english)
const fetched = new Map<string, Promise<Words>>([['en', Promise.resolve(english)]])
let wanted = 'en'
/** Whether the words of the directory's view are spoken too. */
let more = false

/** What the browser asks for, where the desk has it. */
export function preferred(): string {
  const tags = navigator.languages.map((tag) => tag.slice(0, 2))
  return tags.find((tag) => LANGUAGES.some((one) => one.tag === tag)) ?? 'en'
}

/** Resolves when the page speaks it, or cannot now: then it goes on in the language that it spoke. */
export async function speak(asked: string): Promise<void> {
  const base = asked.split('-')[0] ?? 'en'
  const tag = LANGUAGES.some((one) => one.tag === base) ? base : 'en'
  wanted = tag
  const own = await allWordsIn(tag).catch(() => undefined)
  // Another one was chosen meanwhile.
  if (own === undefined || wanted !== tag) return
  batch(() => {
    language.value = tag
    words.value = own
  })
}

/** From now on the directory's words are spoken too. Rejects when they cannot be had now. */
export async function speakMore(): Promise<void> {
  const tag = language.value
  const own = await wordsIn(`directory/${tag}`)
  more = true
  if (language.value === tag) words.value = { ...words.value, ...own }
  else await speak(language.value)
}

async function allWordsIn(tag: string): Promise<Words> {
  const parts = more ? [wordsIn(tag), wordsIn(`directory/${tag}`)] : [wordsIn(tag)]
  return Object.assign({}, ...(await Promise.all(parts))) as Words
}

function wordsIn(name: string): Promise<Words> {
  const known = fetched.get(name)
  if (known !== undefined) return known
  const own = fetch(`/desk/words/${name}.json`).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status))
    return answer.json() as Promise<Words>
  })
  fetched.set(name, own)
  own.catch(() => fetched.delete(name))
  return own
}

effect(() => {
  document.documentElement.lang = language.value
  document.documentElement.dir = LANGUAGES.find(({ tag }) => tag === language.value)?.direction ?? 'ltr'
})

/** For Intl: ASCII digits in every language, as they are said on the telephone. */
export function locale(): string {
  return `${language.value}-u-nu-latn`
}

export type Values = Record<string, string | number>

/** `n` chooses the plural form. */
export function t(key: Key, values: Values = {}): string {
  const wording: Wording | undefined = words.value[key] ?? english[key]
  // A word of a newer server: shown as it came, and the desk goes on.
  if (wording === undefined) return key
  const form =
    typeof wording === 'string'
      ? wording
      : (wording[new Intl.PluralRules(language.value).select(Number(values['n'] ?? 0))] ??
        wording.other ??
        '')
  return form.replace(/\{(\w+)\}/gu, (_, name: string) => isolate(String(values[name] ?? '')))
}

/** The words for an id that comes from the server; the id itself where there are none yet. */
export function named(kind: string, id: string): string {
  const key = `${kind}.${id}`
  return key in english || key in words.value ? t(key as Key) : id
}

export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(language.value, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

export function directionOf(tag: string): 'ltr' | 'rtl' {
  return /^(?:ar|fa|he|ku|ps|ur|ckb|dv|prs|ug)\b/u.test(tag) ? 'rtl' : 'ltr'
}

/** First strong isolate ... pop directional isolate. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`
}
