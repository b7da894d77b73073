import { parseArgs } from 'node:util'
import { authorShown } from '../../directory/author.ts'
import { isoDate } from '../../directory/service.ts'
import { tell } from './outcome-in-words.ts'
import { authorIn, withDirectory } from './with-directory.ts'

/** `lantern services checked ID --pack ID`: somebody has dialled it today and all of it is right. */
export function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error(
      'Usage: npm run -s lantern -- services checked ID --pack ID --by "ROLE" [--until 2026-12-31]',
    )
    return Promise.resolve(1)
  }
  const { service, pack, until } = wish
  const by = authorIn(wish.by)
  if (by === undefined) return Promise.resolve(1)
  return withDirectory(
    async (publishing) =>
      tell(
        await publishing.check({
          pack,
          service,
          by,
          role: authorShown(by),
          ...(until === undefined ? {} : { until }),
        }),
      ),
    { pack },
  )
}

function wished(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { pack: { type: 'string' }, by: { type: 'string' }, until: { type: 'string' } },
      allowPositionals: true,
    })
    const [service, ...more] = positionals
    const { pack, by, until } = values
    if (service === undefined || more.length > 0 || pack === undefined) return undefined
    if (until !== undefined && !isoDate.safeParse(until).success) return undefined
    return { service, pack, by, until }
  } catch {
    return undefined
  }
}
