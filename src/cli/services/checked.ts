import { parseArgs } from 'node:util'
import { authorShown } from '../../directory/publishing/author.ts'
import { isoDate } from '../../directory/service.ts'
import { tell } from './outcome-in-words.ts'
import { withAudit } from './with-audit.ts'
import { authorIn } from './with-directory.ts'

/** `lantern services checked ID --pack ID`: somebody has dialled it today, or asked otherwise, and all of it is right. */
export function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error(
      'Usage: npm run -s lantern -- services checked ID --pack ID --by "ROLE" [--method phone|visit|email] [--until 2026-12-31]',
    )
    return Promise.resolve(1)
  }
  const { service, pack, until, method } = wish
  const by = authorIn(wish.by)
  if (by === undefined) return Promise.resolve(1)
  const check = {
    pack,
    service,
    by,
    role: authorShown(by),
    method,
    ...(until === undefined ? {} : { until }),
  }
  const deed = { verb: 'directory.check', subject: `${pack}/${service}` } as const
  return withAudit(deed, (publishing) => publishing.check(check), { tell, pack })
}

const METHODS = ['phone', 'visit', 'email'] as const

function wished(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: {
        pack: { type: 'string' },
        by: { type: 'string' },
        until: { type: 'string' },
        method: { type: 'string', default: 'phone' },
      },
      allowPositionals: true,
    })
    const [service, ...more] = positionals
    const { pack, by, until } = values
    if (service === undefined || more.length > 0 || pack === undefined) return undefined
    if (until !== undefined && !isoDate.safeParse(until).success) return undefined
    const method = METHODS.find((one) => one === values.method)
    return method === undefined ? undefined : { service, pack, by, until, method }
  } catch {
    return undefined
  }
}
