import type { Correction } from '../../../directory/publishing/edition-content.ts'
import { type Due, dueIn } from '../../../directory/checks/due.ts'
import type { Pack } from '../../../directory/pack/pack.ts'
import type { Publishing } from '../../../directory/publishing/publishing.ts'
import type { Instant } from '../../../operations/environment.ts'
import type { ProposalHead } from '../../../storage/publications.ts'

/** What the desk needs of the directory: what is served, and everything that is done to it. */
export interface DirectoryOfDesk {
  publishing: Publishing
  /** As they are served now, without reading them again. */
  packs(): readonly Pack[]
  /** What a correction that waits would change; undefined when it was answered, or cannot be read. */
  correction(id: number): Promise<Correction | undefined>
}

export interface Wish extends ProposalHead {
  /** Of a correction that can be read. */
  service: string
  closes: boolean
}

/** As many days ahead as `lantern services due` looks. */
const DUE_DAYS = 7

export function dueNow(packs: readonly Pack[], now: Instant): Due[] {
  return packs
    .flatMap((pack) => dueIn(pack, now, DUE_DAYS))
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}

/** What waits, services that are to be closed first: a dead number hurts whoever dials it meanwhile. */
export async function wishesOf({ publishing, correction }: DirectoryOfDesk): Promise<Wish[]> {
  const heads = await publishing.waiting()
  const wishes = await Promise.all(
    heads.map(async (head): Promise<Wish> => {
      const wish = head.kind === 'correction' ? await correction(head.id) : undefined
      const status = wish?.changes.status
      return {
        ...head,
        service: wish?.service ?? '',
        closes: status === 'temporarily_closed' || status === 'closed',
      }
    }),
  )
  return wishes.toSorted((a, b) => Number(b.closes) - Number(a.closes))
}
