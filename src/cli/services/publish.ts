import { parseArgs } from 'node:util'
import { tell } from './outcome-in-words.ts'
import { withAudit } from './with-audit.ts'
import { authorIn, idIn } from './with-directory.ts'

/**
 * `lantern services publish ID`: lets a proposal go live. The role that proposed it is refused; whether two roles are two
 * persons nobody can tell here.
 */
export function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error('Usage: npm run -s lantern -- services publish ID --by "ROLE" [--even-so]')
    return Promise.resolve(1)
  }
  const { id, evenSo } = wish
  const by = authorIn(wish.by)
  if (by === undefined) return Promise.resolve(1)
  const deed = { verb: 'directory.approve', subject: String(id) } as const
  return withAudit(deed, (publishing) => publishing.approve(id, { by, evenSo }), { tell })
}

function wished(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { by: { type: 'string' }, 'even-so': { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const id = idIn(positionals[0])
    if (id === undefined || positionals.length > 1) return undefined
    return { id, by: values.by, evenSo: values['even-so'] }
  } catch {
    return undefined
  }
}
