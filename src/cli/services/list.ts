import { parseArgs } from 'node:util'
import { authorShown } from '../../directory/publishing/author.ts'
import type { Publishing } from '../../directory/publishing/publishing.ts'
import type { EditionHead, ProposalHead } from '../../storage/publications.ts'
import { withDirectory } from './with-directory.ts'

/** `lantern services list`: the editions of each pack, newest first, and what waits for a second person. */
export function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error('Usage: npm run -s lantern -- services list [--pack ID]')
    return Promise.resolve(1)
  }
  const { pack } = wish
  return withDirectory((publishing) => list(publishing, pack), { pack })
}

function wished(args: string[]) {
  try {
    return parseArgs({ args, options: { pack: { type: 'string' } } }).values
  } catch {
    return undefined
  }
}

async function list(publishing: Publishing, wanted: string | undefined): Promise<number> {
  for (const pack of wanted === undefined ? publishing.packs() : [wanted]) {
    const served = await publishing.served(pack)
    const editions = await publishing.editions(pack)
    if (served === 'unreadable') console.log(`${pack}: the newest edition cannot be read; see below`)
    else if (typeof served !== 'string')
      console.log(
        `${pack}: ${served.number === 0 ? "the table in the pack's folder is served" : `edition ${served.number} is served`}, ${served.pack.services.length} services`,
      )
    for (const edition of editions) console.log(`  ${editionLine(edition)}`)
  }
  const waiting = await publishing.waiting(wanted)
  console.log(waiting.length === 0 ? 'Nothing waits to be published.' : 'Waiting for another person:')
  for (const proposal of waiting) console.log(`  ${proposalLine(proposal)}`)
  return 0
}

const day = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')
/** A file's name stands in it, and may hold anything. */
export const plain = (text: string) => text.replace(/\p{C}/gu, ' ')

function editionLine({ number, at, by, approvedBy, about }: EditionHead): string {
  const who =
    by === approvedBy
      ? authorShown(by)
      : `proposed by ${authorShown(by)}, published by ${authorShown(approvedBy)}`
  return plain(`${String(number).padStart(4)}  ${day(at)}  ${about}  (${who})`)
}

export function proposalLine({ id, pack, at, by, about, base }: ProposalHead): string {
  return plain(
    `${String(id).padStart(4)}  ${day(at)}  ${pack}: ${about}  (by ${authorShown(by)}, on ${base})`,
  )
}
