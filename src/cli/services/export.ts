import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Pack } from '../../directory/pack.ts'
import { csvOf, serviceTable } from '../../directory/export/service-table.ts'
import { type ServedPack, servedPack } from './served-pack.ts'

/**
 * `lantern services export`: the list that is served, as the template for people who keep it, or in the formats of others.
 * `--template` gives the empty template.
 */
export async function run(args: string[], served: ServedPack = servedPack): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error(USAGE)
    return 1
  }
  const pack = await served(wish.pack)
  if (pack === undefined) return 1
  try {
    const { content, said } = await contentOf(pack, wish)
    writeFileSync(wish.file, content)
    console.log(said)
    return 0
  } catch (error) {
    console.error(`${wish.file} cannot be written: ${error instanceof Error ? error.message : ''}.`)
    return 1
  }
}

const USAGE = `Usage: npm run -s lantern -- services export --pack ID --csv FILE | --xlsx FILE | --hxl FILE [--template]`

const TABLES = ['csv', 'xlsx', 'hxl'] as const

interface Wish {
  pack: string
  how: (typeof TABLES)[number]
  file: string
  template: boolean
}

async function contentOf(
  pack: Pack,
  { how, file, template }: Wish,
): Promise<{ content: string | Uint8Array; said: string }> {
  const services = template ? [] : pack.services
  const table = serviceTable(services, pack)
  const said = template ? `The empty template is in ${file}.` : `${services.length} services are in ${file}.`
  if (how !== 'xlsx') return { content: csvOf(table, how === 'hxl' ? 'hxl' : 'plain'), said }
  const { workbookOf } = await import('../../directory/export/workbook.ts')
  return { content: await workbookOf(table), said }
}

function wished(args: string[]): Wish | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: {
        pack: { type: 'string' },
        csv: { type: 'string' },
        xlsx: { type: 'string' },
        hxl: { type: 'string' },
        template: { type: 'boolean' },
      },
    })
    const { pack = '', template = false } = values
    const [how, another] = TABLES.filter((one) => values[one] !== undefined)
    if (how === undefined || another !== undefined || pack === '') return undefined
    return { pack, how, file: values[how] ?? '', template }
  } catch {
    return undefined
  }
}
