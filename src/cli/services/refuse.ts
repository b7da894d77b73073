import { parseArgs } from 'node:util'
import { authorShown } from '../../directory/publishing/author.ts'
import { whyNot } from './outcome-in-words.ts'
import { withAudit } from './with-audit.ts'
import { authorIn, idIn } from './with-directory.ts'

/** `lantern services refuse ID`: takes a proposal off the list, by whoever made it too. Nothing is served otherwise. */
export function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error('Usage: npm run -s lantern -- services refuse ID --by "ROLE"')
    return Promise.resolve(1)
  }
  const by = authorIn(wish.by)
  if (by === undefined) return Promise.resolve(1)
  const { id } = wish
  const role = authorShown(by)
  const deed = { verb: 'directory.refuse', subject: String(id) } as const
  return withAudit(deed, async (publishing) => ({ kind: await publishing.refuse(id) }), { tell })

  function tell({ kind }: { kind: 'refused' | 'gone' }): number {
    if (kind === 'gone') {
      for (const line of whyNot({ kind })) console.error(line)
      return 1
    }
    console.log(`${id} is off the list, refused by ${role}. Tell whoever proposed it why.`)
    return 0
  }
}

function wished(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { by: { type: 'string' } },
      allowPositionals: true,
    })
    const id = idIn(positionals[0])
    return id === undefined || positionals.length > 1 ? undefined : { id, by: values.by }
  } catch {
    return undefined
  }
}
