import { parseArgs } from 'node:util'
import { tell } from './outcome-in-words.ts'
import { withAudit } from './with-audit.ts'
import { authorIn } from './with-directory.ts'

/** `lantern services back --pack ID`: the services of the edition before are live again; once more goes further. */
export function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish?.pack === undefined) {
    console.error('Usage: npm run -s lantern -- services back --pack ID --by "ROLE" [--even-so]')
    return Promise.resolve(1)
  }
  const { pack } = wish
  const by = authorIn(wish.by)
  if (by === undefined) return Promise.resolve(1)
  const evenSo = wish['even-so']
  const deed = { verb: 'directory.back', subject: pack } as const
  return withAudit(deed, (publishing) => publishing.back(pack, { by, evenSo }), { tell, pack })
}

function wished(args: string[]) {
  try {
    const options = {
      pack: { type: 'string' },
      by: { type: 'string' },
      'even-so': { type: 'boolean', default: false },
    } as const
    return parseArgs({ args, options }).values
  } catch {
    return undefined
  }
}
