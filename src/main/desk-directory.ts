import type { DirectoryOfDesk } from '../desk/server/directory/directory-of-desk.ts'
import { createPublishing } from '../directory/create-publishing.ts'
import { correctionIn } from '../directory/edition-content.ts'
import type { Pack } from '../directory/pack.ts'
import type { Clock } from '../operations/environment.ts'
import type { Publications } from '../storage/publications.ts'
import type { ServedEditions } from './publishing.ts'

/** The directory as the desk works on it: what somebody publishes there is served by this process before they hear of it. */
export function deskDirectory(parts: {
  packs: readonly Pack[]
  publications: Publications
  editions: ServedEditions
  clock: Clock
}): DirectoryOfDesk {
  const { packs, publications, editions, clock } = parts
  return {
    publishing: createPublishing({ publications, packs, clock, published: () => editions.look() }),
    packs: () => editions.directory.packs(),
    async correction(id) {
      const proposal = await publications.proposal(id)
      return proposal?.kind === 'correction' ? correctionIn(proposal.content) : undefined
    },
  }
}
