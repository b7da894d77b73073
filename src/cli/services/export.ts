import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Pack } from '../../directory/pack/pack.ts'
import { type ServedPack, servedPack } from './served-pack.ts'

/**
 * `lantern services export`: the list that is served, as the template for people who keep it, or in the formats of others.
 * `--template` gives the empty template. What goes out as HSDS is for everybody to read, so less goes out there.
 */
export async function run(args: string[], served: ServedPack = servedPack): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error(USAGE)
    return 1
  }
  const pack = await served(wish.pack)
  if (pack === undefined) return 1
  const written = wish.how.startsWith('hsds')
    ? await publicContent(pack, wish)
    : await tableContent(pack, wish)
  try {
    writeFileSync(wish.file, written.content)
  } catch (error) {
    console.error(`${wish.file} cannot be written: ${error instanceof Error ? error.message : ''}.`)
    return 1
  }
  console.log(written.said)
  return 0
}

const USAGE = `Usage: npm run -s lantern -- services export --pack ID --csv FILE | --xlsx FILE | --hxl FILE [--template]
       npm run -s lantern -- services export --pack ID --hsds FILE.json | --hsds-package FILE.zip [--lang xx]`

const FORMATS = ['csv', 'xlsx', 'hxl', 'hsds', 'hsds-package'] as const

interface Wish {
  pack: string
  how: (typeof FORMATS)[number]
  file: string
  template: boolean
  lang: string | undefined
}

interface Written {
  content: string | Uint8Array
  said: string
}

async function tableContent(pack: Pack, { how, file, template }: Wish): Promise<Written> {
  const { csvOf, serviceTable } = await import('../../directory/export/service-table.ts')
  const services = template ? [] : pack.services
  const table = serviceTable(services, pack)
  const said = template ? `The empty template is in ${file}.` : `${services.length} services are in ${file}.`
  if (how !== 'xlsx') return { content: csvOf(table, how === 'hxl' ? 'hxl' : 'plain'), said }
  const { workbookOf } = await import('../../directory/export/workbook.ts')
  return { content: await workbookOf(table), said }
}

async function publicContent(pack: Pack, { how, file, lang }: Wish): Promise<Written> {
  const { hsdsPage, hsdsRecords } = await import('../../directory/export/hsds/page.ts')
  const language = lang ?? pack.languages[0] ?? 'en'
  const records = hsdsRecords({ pack, language, now: Date.now() })
  const out = `${records.length} services in ${language} are in ${file}.`
  const kept = pack.services.length - records.length
  const said =
    kept === 0 ? out : `${out} ${kept} are not: only what is public, finished and in date goes to others.`
  if (how === 'hsds') return { content: `${JSON.stringify(hsdsPage(records), null, 2)}\n`, said }
  const { hsdsPackage } = await import('../../directory/export/hsds/tables.ts')
  return { content: hsdsPackage(records, pack.id), said }
}

function wished(args: string[]): Wish | undefined {
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      args,
      options: {
        pack: text,
        csv: text,
        xlsx: text,
        hxl: text,
        hsds: text,
        'hsds-package': text,
        lang: text,
        template: { type: 'boolean' },
      },
    })
    const { pack = '', template = false, lang } = values
    const [how, another] = FORMATS.filter((one) => values[one] !== undefined)
    if (how === undefined || another !== undefined || pack === '') return undefined
    if (how.startsWith('hsds') ? template : lang !== undefined) return undefined
    if (lang !== undefined && !/^[a-z]{2,3}(?:-[A-Za-z]{2,8})?$/u.test(lang)) return undefined
    return { pack, how, file: values[how] ?? '', template, lang }
  } catch {
    return undefined
  }
}
