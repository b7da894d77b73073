import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '../../conversation/locale.ts'
import { createDirectory } from '../../directory/create-directory.ts'
import { loadLocales } from '../../load-locales.ts'
import { loadFlows } from '../check/load-flows.ts'
import { checkLocale } from '../check/locales.ts'
import { checkPacks } from '../check/packs.ts'
import type { Problem } from '../check/problem.ts'
import { HOUSE } from '../house.ts'
import type { ExportWish, ImportWish } from '../locales.ts'
import { type Changed, withTexts } from './import.ts'
import { noLanguage } from './no-language.ts'
import { rowsOf } from './rows.ts'
import { writeSource } from './write-source.ts'

/** The texts of one language out to a file, for people who translate and review, and back in. */

export async function exportTexts({ lang, how, file }: ExportWish, folder: string): Promise<number> {
  const found = languages(lang, folder)
  if (typeof found === 'number') return found
  const rows = rowsOf(found.first, found.locale)
  try {
    if (how === 'xlsx') await (await import('./sheet.ts')).writeSheet(file, rows, lang)
    else writeFileSync(file, (await import('./po.ts')).poOf(rows, lang))
  } catch (error) {
    return failed(`${file} cannot be written`, error)
  }
  console.log(`${rows.length} texts in ${lang} are in ${file}.`)
  return 0
}

export async function importTexts({ lang, file, write }: ImportWish, folder: string): Promise<number> {
  const found = languages(lang, folder)
  if (typeof found === 'number') return found
  let texts: ReadonlyMap<string, string>
  try {
    texts = file.endsWith('.xlsx')
      ? await (await import('./sheet.ts')).readSheet(file)
      : (await import('./po.ts')).textsOfPo(readFileSync(file))
  } catch (error) {
    return failed(`${file} cannot be read as a spreadsheet (.xlsx) or a PO file`, error)
  }
  const changed = withTexts(found.locale, texts)
  const wrong = await newProblems(found, changed, folder)
  tell(changed, wrong)
  if (changed.refused.length > 0 || wrong.length > 0) {
    console.log('Nothing was written. Correct these rows and import the file again.')
    return 1
  }
  if (!write) {
    console.log('Nothing was written. With --write it would be.')
    return 0
  }
  const path = join(folder, lang, 'messages.json')
  if (!writeSource(path, `${JSON.stringify(changed.locale.messages, null, 2)}\n`)) return 1
  console.log(`${changed.changes.length} texts were written to locales/${lang}/messages.json.`)
  return 0
}

interface Both {
  first: Locale
  locale: Locale
}

function languages(tag: string, folder: string): Both | number {
  const { locales } = loadLocales(folder)
  const locale = locales.get(tag)
  const [first] = locales.values()
  return locale === undefined || first === undefined ? noLanguage(tag, locales) : { first, locale }
}

/** What `lantern check` would find that it does not find now. */
async function newProblems({ first, locale }: Both, changed: Changed, folder: string): Promise<Problem[]> {
  const now = Date.now()
  const flows = await loadFlows()
  if (!('root' in flows)) return [flows]
  const { packs } = checkPacks(join(HOUSE, 'packs'), now)
  const wish = {
    folder,
    pages: flows.pages,
    directory: createDirectory(packs),
    packs: packs.map(({ id }) => id),
    now,
  }
  const isFirst = locale.tag === first.tag
  const after = checkLocale(changed.locale, isFirst ? changed.locale : first, wish)
  if (after.length === 0) return []
  const before = new Set(checkLocale(locale, first, wish).map(nameOf))
  return after.filter((problem) => !before.has(nameOf(problem)))
}

const nameOf = ({ key, problem }: Problem) => `${key} ${problem}`

function tell({ changes, refused }: Changed, wrong: readonly Problem[]): void {
  for (const { key, from, to } of changes)
    console.log(`${key}\n  was: ${JSON.stringify(from)}\n  is:  ${JSON.stringify(to)}`)
  for (const line of refused) console.log(`REFUSED ${line}.`)
  for (const { key, problem, remedy } of wrong) console.log(`REFUSED ${key} ${problem}. ${remedy}`)
  console.log(`${changes.length} texts change.`)
}

/** What stood in the way, without the machine's own long account of it. */
function failed(what: string, error: unknown): number {
  console.error(`${what}: ${error instanceof Error ? error.message : 'no reason was given'}.`)
  return 1
}
