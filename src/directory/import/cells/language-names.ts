import { normalise } from '../../../conversation/understand/tokens.ts'
import { LANGUAGE_NAMES } from '../words/language-names.ts'
import { listParts } from './list-parts.ts'
import { remembered } from './remembered.ts'

/**
 * Language tags by what people write: a tag, its three letters, or the language's name in English, French, Spanish, Arabic,
 * Ukrainian or itself. Nothing is guessed from likeness.
 */
const TAG = /^[a-z]{2,3}(?:-[a-z]{2,8})?$/iu
const NAMED_IN = ['en', 'fr', 'es', 'ar', 'uk', 'ru'] as const
const TWO_LETTERS =
  'aa ab af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ht hu hy hz id ig ii ik is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my nb nd ne ng nl nn no nr nv ny oc oj om or os pa pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi wa wo xh yi yo za zh zu'
const MORE = 'ckb prs rhg tpi ber kab zgh syr arc gsw luo din nus shk bfa fur quc nah fil'

let names: ReadonlyMap<string, string> | undefined

export function languageTag(written: string): string | undefined {
  const text = written.trim()
  const named = namesOf().get(normalise(text))
  if (named !== undefined) return named
  if (!TAG.test(text)) return undefined
  try {
    const [tag = ''] = Intl.getCanonicalLocales(text)
    return isKnown(tag) ? tag : undefined
  } catch {
    return undefined
  }
}

/** Tags of a cell; `unknown` when some part is no language. */
export const languagesIn = remembered((cell): { tags: readonly string[]; unknown: boolean } => {
  const tags = new Set<string>()
  let unknown = false
  for (const part of listParts(cell, (one) => languageTag(one) !== undefined)) {
    const tag = languageTag(part)
    if (tag === undefined) unknown = true
    else tags.add(tag)
  }
  return { tags: [...tags], unknown }
})

function isKnown(tag: string): boolean {
  const [base = ''] = tag.split('-')
  return (
    ALL.has(base) ||
    new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(base) !== undefined
  )
}

const ALL = new Set([...TWO_LETTERS.split(' '), ...MORE.split(' ')])

function namesOf(): ReadonlyMap<string, string> {
  if (names !== undefined) return names
  const found = new Map<string, string>()
  const add = (name: string | undefined, tag: string) => {
    const key = normalise(name ?? '')
    if (key !== '' && !found.has(key)) found.set(key, tag)
  }
  for (const [tag, words] of Object.entries(LANGUAGE_NAMES))
    for (const name of words.split('|')) add(name, tag)
  for (const language of NAMED_IN) {
    const display = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' })
    for (const tag of ALL) add(display.of(tag), tag)
  }
  for (const tag of ALL) add(new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' }).of(tag), tag)
  return (names = found)
}
