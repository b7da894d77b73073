import type { DirectoryOfDesk } from '../../desk/server/directory/directory-of-desk.ts'
import { correctionIn } from '../../directory/publishing/edition-content.ts'
import type { Publications } from '../../storage/publications.ts'
import type { ServedEditions } from '../publishing.ts'

/** The directory as the desk works on it: what somebody publishes there is served by this process before they hear of it. */
export function deskDirectory(
  { directory, publishing }: ServedEditions,
  publications: Publications,
): DirectoryOfDesk {
  return {
    publishing,
    packs: () => directory.packs(),
    async correction(id) {
      const proposal = await publications.proposal(id)
      return proposal?.kind === 'correction' ? correctionIn(proposal.content) : undefined
    },
  }
}
