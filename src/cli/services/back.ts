import { parseArgs } from 'node:util'
import { tell } from './outcome-in-words.ts'
import { authorIn, withDirectory } from './with-directory.ts'

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
  return withDirectory(async (publishing) => tell(await publishing.back(pack, { by, evenSo })), { pack })
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
