/**
 * `lantern services`: the directory that the organisation keeps. A sheet comes in as a report first, then as a proposal that
 * another person publishes; what is published can be taken back, looked through for what must be dialled, and given out.
 */
interface Part {
  /** How it is called, behind `lantern services`. */
  usage: string
  load(): Promise<{ run(args: string[]): Promise<number> }>
}

const PARTS: Readonly<Record<string, Part>> = {
  import: {
    usage:
      'import FILE --pack ID [--mapping F] [--save-mapping F] [--report F.csv] [--json] [--not-secret ID]... [--not-personal ID]... [--propose --by "ROLE" [--even-so]]',
    load: () => import('./services/import.ts'),
  },
  list: { usage: 'list [--pack ID]', load: () => import('./services/list.ts') },
  show: { usage: 'show ID', load: () => import('./services/show.ts') },
  publish: { usage: 'publish ID --by "ROLE" [--even-so]', load: () => import('./services/publish.ts') },
  refuse: { usage: 'refuse ID --by "ROLE"', load: () => import('./services/refuse.ts') },
  back: { usage: 'back --pack ID --by "ROLE" [--even-so]', load: () => import('./services/back.ts') },
  due: { usage: 'due [--pack ID] [--days 7] [--csv FILE]', load: () => import('./services/due.ts') },
  checked: {
    usage: 'checked ID --pack ID --by "ROLE" [--method phone|visit|email] [--until 2026-12-31]',
    load: () => import('./services/checked.ts'),
  },
  cards: {
    usage: 'cards --pack ID --lang xx [--area A] --html FILE | --pdf FILE',
    load: () => import('./services/cards.ts'),
  },
  export: {
    usage: 'export --pack ID --csv | --xlsx | --hxl | --hsds | --hsds-package FILE [--lang xx] [--template]',
    load: () => import('./services/export.ts'),
  },
}

export async function run([name = '', ...args]: string[]): Promise<number> {
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined
  if (part !== undefined) return (await part.load()).run(args)
  for (const [at, { usage }] of Object.values(PARTS).entries())
    console.error(`${at === 0 ? 'Usage: ' : '       '}npm run -s lantern -- services ${usage}`)
  return 1
}
