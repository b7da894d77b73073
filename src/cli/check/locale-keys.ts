import type { PageMeta } from '../../../flows/page.ts'
import { VALUES } from '../../conversation/render/values.ts'
import { leavesOf, pageOfLabel, pageOfText, placeholdersOf } from './leaves.ts'
import type { Problem } from './problem.ts'

type Pages = ReadonlyMap<string, PageMeta>

/** The first language against the flows: words for every page and choice, and none for what is not there. */
export function checkAgainstFlows(tag: string, messages: unknown, pages: Pages): Problem[] {
  const file = `locales/${tag}/messages.json`
  const leaves = leavesOf(messages)
  const problems: Problem[] = []
  const add = (key: string, problem: string, remedy: string) => problems.push({ file, key, problem, remedy })

  for (const [page, { choices }] of pages) {
    const text = `pages.${page}.text`
    const both = leaves.has(`${text}_whatsapp`) && leaves.has(`${text}_telegram`)
    if (!leaves.has(text) && !both)
      add(text, 'is missing, and the page would be empty', 'Write the text of this page.')
    for (const choice of choices)
      if (!leaves.has(`pages.${page}.choices.${choice}`) && !leaves.has(`choices.${choice}`))
        add(
          `pages.${page}.choices.${choice}`,
          'is missing, and the button would be empty',
          'Write its label.',
        )
  }
  const used = new Set([...pages.values()].flatMap(({ choices }) => choices))
  for (const [key, text] of leaves) {
    const label = pageOfLabel(key)
    const page = pageOfText(key) ?? label?.page
    if (page !== undefined && !pages.has(page)) add(key, 'belongs to no page of the flows', 'Remove it.')
    else if (label !== undefined && pages.get(label.page)?.choices.includes(label.choice) === false)
      add(key, 'labels a choice that the page does not have', 'Remove it, or add the choice to the page.')
    const title = /^titles\.(.+)\.title$/u.exec(key)?.[1]
    if (title !== undefined && !pages.has(title)) add(key, 'leads the search to no page', 'Remove it.')
    const shared = /^choices\.(\w+)$/u.exec(key)?.[1]
    if (shared !== undefined && !used.has(shared)) add(key, 'labels a choice that no page has', 'Remove it.')
    if (page !== undefined)
      for (const name of placeholdersOf(text))
        if (!Object.hasOwn(VALUES, name))
          add(key, `asks for {{${name}}}, which nothing fills`, 'Correct the name.')
  }
  return problems
}

/** Another language against the first: the same keys with the same placeholders. */
export function checkAgainstFirst(
  tag: string,
  messages: unknown,
  firstTag: string,
  first: unknown,
): Problem[] {
  const file = `locales/${tag}/messages.json`
  const ours = leavesOf(messages)
  const theirs = leavesOf(first)
  const problems: Problem[] = []
  const add = (key: string, problem: string, remedy: string) => problems.push({ file, key, problem, remedy })
  const inAll = pluralsOf(theirs)
  for (const [key, forms] of pluralsOf(ours))
    if (inAll.has(key) && forms.join() !== categoriesOf(tag).join())
      add(key, `has the plural forms ${forms.join(', ')}`, `Write ${categoriesOf(tag).join(', ')}.`)
  for (const key of inAll.keys())
    if (!pluralsOf(ours).has(key)) add(key, 'is missing', `Translate it from locales/${firstTag}.`)
  for (const [key, text] of theirs) {
    if (PLURAL.test(key)) continue
    const own = ours.get(key)
    if (own === undefined || own.trim() === '')
      add(key, 'is missing', `Translate it from locales/${firstTag}.`)
    else if (placeholdersOf(own).join() !== placeholdersOf(text).join())
      add(
        key,
        `has other placeholders than locales/${firstTag}`,
        `Use ${
          placeholdersOf(text)
            .map((name) => `{{${name}}}`)
            .join(', ') || 'none'
        }.`,
      )
  }
  for (const key of ours.keys())
    if (!theirs.has(key) && !inAll.has(PLURAL.exec(key)?.[1] ?? ''))
      add(key, `is not in locales/${firstTag}`, 'Remove it, or correct its name.')
  return problems
}

/** The name of a text that changes with a number, and the form. */
export const PLURAL = /^(.+)_(zero|one|two|few|many|other)$/u

/** CLDR's, in its order. */
export function categoriesOf(tag: string): readonly string[] {
  const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions()
  return ORDER.filter((category) => pluralCategories.includes(category))
}
const ORDER = ['zero', 'one', 'two', 'few', 'many', 'other'] as const

/** The texts that change with a number, each with the forms that it has. */
function pluralsOf(leaves: ReadonlyMap<string, string>): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const key of leaves.keys()) {
    const [, base, form] = PLURAL.exec(key) ?? []
    if (base === undefined || form === undefined) continue
    found.set(base, [...(found.get(base) ?? []), form])
  }
  return found
}
