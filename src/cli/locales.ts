import { parseArgs } from 'node:util'
import { join } from 'node:path'
import { type Section, SECTIONS } from '../locale-review.ts'
import { HOUSE } from './house.ts'

/**
 * `lantern locales`: what of each language is reviewed; the texts of one out to a spreadsheet or a PO file for whoever
 * translates or reviews, and back in. `import` only tells what it would do until it is asked to write, and writes nothing
 * that a check finds wrong.
 */
export async function run(args: string[], folder = join(HOUSE, 'locales')): Promise<number> {
  const wish = wished(args)
  switch (wish?.kind) {
    case undefined:
      console.error(USAGE)
      return 1
    case 'list':
    case 'review':
      return (await import('./locales/review.ts')).review(wish, folder)
    case 'audio':
      return (await import('./locales/audio.ts')).audio(wish, folder)
    case 'export':
      return (await import('./locales/out-and-in.ts')).exportTexts(wish, folder)
    case 'import':
      return (await import('./locales/out-and-in.ts')).importTexts(wish, folder)
  }
}

const USAGE = `Usage: npm run -s lantern -- locales
       npm run -s lantern -- locales review --lang xx --section ${SECTIONS.join('|')} --by "ROLE, ORGANISATION"
       npm run -s lantern -- locales audio --lang xx [--heard]
       npm run -s lantern -- locales export --lang xx --xlsx FILE | --po FILE
       npm run -s lantern -- locales import --lang xx FILE [--write]`

export type ReviewWish = { kind: 'list' } | { kind: 'review'; lang: string; section: Section; by: string }
/** What is to be read aloud; `heard`: somebody listened, and each recording says what its page says today. */
export interface AudioWish {
  kind: 'audio'
  lang: string
  heard: boolean
}
export interface ExportWish {
  kind: 'export'
  lang: string
  how: 'xlsx' | 'po'
  file: string
}
export interface ImportWish {
  kind: 'import'
  lang: string
  file: string
  write: boolean
}

const OPTIONS = {
  lang: { type: 'string' },
  section: { type: 'string' },
  by: { type: 'string' },
  xlsx: { type: 'string' },
  po: { type: 'string' },
  write: { type: 'boolean' },
  heard: { type: 'boolean' },
} as const

function wished(args: string[]): ReviewWish | AudioWish | ExportWish | ImportWish | undefined {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
    const given = Object.keys(values).toSorted().join()
    const { lang = '', xlsx, po } = values
    const [command, file, ...rest] = positionals
    if (rest.length > 0) return undefined
    if (command === undefined) return given === '' ? { kind: 'list' } : undefined
    if (command === 'review' && file === undefined && given === 'by,lang,section') {
      const section = SECTIONS.find((one) => one === values.section)
      const by = values.by?.trim() ?? ''
      return section === undefined || by === '' ? undefined : { kind: 'review', lang, section, by }
    }
    if (command === 'audio' && file === undefined && /^(?:heard,)?lang$/u.test(given))
      return { kind: 'audio', lang, heard: values.heard === true }
    if (command === 'export' && file === undefined) {
      if (given === 'lang,xlsx') return { kind: 'export', lang, how: 'xlsx', file: xlsx ?? '' }
      if (given === 'lang,po') return { kind: 'export', lang, how: 'po', file: po ?? '' }
    }
    if (command === 'import' && file !== undefined && /^lang(?:,write)?$/u.test(given))
      return { kind: 'import', lang, file, write: values.write === true }
    return undefined
  } catch {
    return undefined
  }
}
