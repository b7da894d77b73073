import { basename } from 'node:path'
import type { ImportReport } from '../../../directory/import/import-sheet.ts'
import type { Publishing } from '../../../directory/publishing/publishing.ts'
import { whyNot } from '../outcome-in-words.ts'
import { withAudit } from '../with-audit.ts'
import { authorIn } from '../with-directory.ts'

/** Hands a list to whoever publishes it. Rows that are refused stay out, and only when that was said to be meant. */
export interface ProposeWish {
  file: string
  pack: string
  by: string | undefined
  evenSo: boolean
  /** Services that speak of a shelter and were said to be none; whoever publishes the list reads it. */
  notSecret: readonly string[]
  /** Services whose mailbox or checker was said to be no person. */
  notPersonal: readonly string[]
  /** Where the packs are. */
  folder: string
}

export async function propose(
  report: ImportReport,
  { file, pack, by: role, evenSo, notSecret, notPersonal, folder }: ProposeWish,
): Promise<number> {
  const { rows, services } = report
  if (services.length === 0) {
    console.error('Nothing was proposed: no row can go in.')
    return 1
  }
  const left = rows - services.length
  if (left > 0 && !evenSo) {
    console.error(
      `Nothing was proposed: ${left} of ${rows} rows would be left out. Mend them, or say --even-so to propose the other ${services.length}.`,
    )
    return 1
  }
  const by = authorIn(role)
  if (by === undefined) return 1
  const about = `import of ${basename(file)}${left === 0 ? '' : `, without ${left} refused or held rows`}${lookedAt('no secret place', notSecret)}${lookedAt('no person', notPersonal)}`
  const deed = { verb: 'directory.propose', subject: pack } as const
  return withAudit(deed, (publishing) => publishing.proposeList({ pack, services, by, about }), {
    tell,
    pack,
    folder,
  })

  function lookedAt(what: string, ids: readonly string[]): string {
    return ids.length === 0 ? '' : `; said to be ${what}: ${ids.join(', ')}`
  }

  function tell(proposed: Awaited<ReturnType<Publishing['proposeList']>>): number {
    if (proposed.kind !== 'proposed') {
      for (const line of whyNot(proposed)) console.error(line)
      return 1
    }
    const { id } = proposed
    console.log(
      `Proposal ${id} waits for another person, and takes the place of the whole list of ${pack}: look at it with "services show ${id}", let it go live with "services publish ${id} --by ROLE".`,
    )
    return 0
  }
}
