import {
  type Edition,
  type EditionHead,
  KEPT_EDITIONS,
  type Proposal,
  type ProposalHead,
  type Publications,
  type Publishing,
} from './publications.ts'

/**
 * Editions in memory, written to be read: what the other stores are compared with. It keeps nothing when the process ends,
 * so it serves tests and no deployment.
 */
export function memoryPublications(): Publications {
  const kept = new Map<string, Edition[]>()
  const proposals = new Map<number, Proposal>()
  let ids = 0
  let version = 0
  const of = (pack: string) => kept.get(pack) ?? []

  function publish(wish: Publishing): { number: number } | 'stale' | 'samePerson' | 'gone' {
    const { pack, base, content, by, at, about, backTo } = wish
    const proposal = wish.proposal === undefined ? undefined : proposals.get(wish.proposal)
    if (wish.proposal !== undefined && proposal?.pack !== pack) return 'gone'
    if (proposal?.by === by) return 'samePerson'
    const before = of(pack)
    if ((before.at(-1)?.number ?? 0) !== base) return 'stale'
    const edition: Edition = {
      pack,
      number: base + 1,
      at,
      by: proposal?.by ?? by,
      approvedBy: by,
      about,
      content,
      ...(backTo === undefined ? {} : { backTo }),
    }
    kept.set(pack, [...before, edition].slice(-KEPT_EDITIONS))
    if (proposal !== undefined) proposals.delete(proposal.id)
    version += 1
    return { number: edition.number }
  }

  return {
    propose(proposal) {
      ids += 1
      proposals.set(ids, { ...proposal, id: ids })
      return Promise.resolve(ids)
    },
    waiting: (pack) =>
      Promise.resolve(
        [...proposals.values()].filter((one) => pack === undefined || one.pack === pack).map(headOfProposal),
      ),
    proposal: (id) => Promise.resolve(proposals.get(id)),
    refuse: (id) => Promise.resolve(proposals.delete(id)),
    publish: (edition) => Promise.resolve(publish(edition)),
    editions: (pack) => Promise.resolve(of(pack).map(headOfEdition).toReversed()),
    edition: (pack, number) => Promise.resolve(of(pack).find((one) => one.number === number)),
    live: (pack) => Promise.resolve(of(pack).at(-1)),
    version: () => Promise.resolve(version),
    close: () => Promise.resolve(),
  }
}

function headOfProposal({ id, pack, kind, base, by, at, about }: Proposal): ProposalHead {
  return { id, pack, kind, base, by, at, about }
}

function headOfEdition({ pack, number, at, by, approvedBy, about, backTo }: Edition): EditionHead {
  return { pack, number, at, by, approvedBy, about, ...(backTo === undefined ? {} : { backTo }) }
}
