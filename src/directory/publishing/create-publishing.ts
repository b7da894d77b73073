import type { Proposal, ProposalHead } from '../../storage/publications.ts'
import { isSameAuthor } from './author.ts'
import { changesBetween } from './changes.ts'
import { checked, daysAfter, dueIn, LONGEST_CHECK_DAYS } from '../checks/due.ts'
import { correctionIn, servicesIn, writeCorrection, writeServices } from './edition-content.ts'
import { todayIn } from '../checks/freshness.ts'
import { faultsIn, unserved } from './hindrances.ts'
import { sameService } from './merge-lists.ts'
import { personalIn } from '../checks/personal-data.ts'
import { corrected, proposed } from './proposed.ts'
import type { Approval, NotDone, Outcome, Publishing, PublishingParts, Review, Served } from './publishing.ts'
import type { Service } from '../service.ts'
import { serviceFaults } from '../checks/service-faults.ts'
import { refusedBack } from './step-back.ts'

/** Times that a change is made anew because another edition went live in the same moment. */
const TRIES = 3

function headOf({ id, pack, kind, base, by, at, about }: Proposal): ProposalHead {
  return { id, pack, kind, base, by, at, about }
}

type NotServed = 'unknownPack' | 'unreadable'

interface Found extends Served {
  isUnreadable?: true
}

interface NextEdition {
  services: readonly Service[]
  by: Approval['by']
  about: string
  backTo?: number
  proposal?: number
  evenSo?: boolean
}

export function createPublishing({ publications, packs, clock, published }: PublishingParts): Publishing {
  const folders = new Map(packs.map((pack) => [pack.id, pack]))

  async function served(pack: string): Promise<Served | NotServed> {
    const folder = folders.get(pack)
    if (folder === undefined) return 'unknownPack'
    const live = await publications.live(pack)
    if (live === undefined) return { pack: folder, number: 0 }
    const services = servicesIn(live.content)
    return services === undefined ? 'unreadable' : { pack: { ...folder, services }, number: live.number }
  }

  /** A step back is the way out of an edition that cannot be read, which nothing can be compared with. */
  async function servedOrNothing(pack: string): Promise<Found | 'unknownPack'> {
    const found = await served(pack)
    if (found !== 'unreadable') return found
    const folder = folders.get(pack)
    const number = (await publications.live(pack))?.number ?? 0
    return folder === undefined
      ? 'unknownPack'
      : { pack: { ...folder, services: [] }, number, isUnreadable: true }
  }

  async function servicesOf(pack: string, number: number): Promise<readonly Service[] | undefined> {
    if (number === 0) return folders.get(pack)?.services
    const edition = await publications.edition(pack, number)
    return edition && servicesIn(edition.content)
  }

  const today = (live: Served) => todayIn(live.pack, clock.now())
  const changes = (live: Served, services: readonly Service[]) =>
    changesBetween(live.pack.services, services, today(live))

  async function publish(live: Served, { services, evenSo, ...next }: NextEdition): Promise<Outcome> {
    const found = changes(live, services)
    if (found.services.length === 0) return { kind: 'noChange' }
    const hindrance = evenSo === true ? undefined : unserved(live.pack, services, clock.now())
    if (hindrance !== undefined) return hindrance
    const pack = live.pack.id
    const content = writeServices(services)
    const answer = await publications.publish({ pack, base: live.number, content, at: clock.now(), ...next })
    if (typeof answer === 'string') return { kind: answer }
    await published?.()
    return {
      kind: 'published',
      pack,
      number: answer.number,
      changes: found,
      ...(next.backTo === undefined ? {} : { backTo: next.backTo }),
    }
  }

  /** Another edition of the same moment costs nobody their work: it is looked at again, unless the caller named one. */
  async function onLive(
    pack: string,
    on: number | undefined,
    make: (live: Found) => Promise<Outcome>,
    find: (pack: string) => Promise<Found | NotServed> = served,
  ): Promise<Outcome> {
    for (let tries = 1; ; tries += 1) {
      const live = await find(pack)
      if (typeof live === 'string') return { kind: live }
      if (on !== undefined && on !== live.number) return { kind: 'stale' }
      const outcome = await make(live)
      if (outcome.kind !== 'stale' || on !== undefined || tries === TRIES) return outcome
    }
  }

  const resolved = async (proposal: Proposal, live: Served) =>
    proposed(
      proposal,
      proposal.base === live.number ? live.pack.services : await servicesOf(proposal.pack, proposal.base),
      live.pack,
    )

  async function review(id: number): Promise<Review | NotDone> {
    const proposal = await publications.proposal(id)
    if (proposal === undefined) return { kind: 'gone' }
    const live = await served(proposal.pack)
    if (typeof live === 'string') return { kind: live }
    const result = await resolved(proposal, live)
    const found = changes(
      live,
      'services' in result && 'note' in result ? result.services : live.pack.services,
    )
    const hindrance =
      'kind' in result
        ? result
        : (faultsIn(live.pack, result.services) ?? unserved(live.pack, result.services, clock.now()))
    return {
      kind: 'review',
      proposal: headOf(proposal),
      note: (proposal.kind === 'correction' && correctionIn(proposal.content)?.note) || '',
      live: live.number,
      changes: found,
      ...(hindrance === undefined ? {} : { hindrance }),
    }
  }

  return {
    packs: () => [...folders.keys()],
    served,
    waiting: (pack) => publications.waiting(pack),
    editions: (pack) => publications.editions(pack),
    async proposeList({ pack, services, by, about }) {
      const live = await served(pack)
      if (typeof live === 'string') return { kind: live }
      if (changes(live, services).services.length === 0) return { kind: 'noChange' }
      const faults = faultsIn(live.pack, services)
      if (faults !== undefined) return faults
      const content = writeServices(services)
      const at = clock.now()
      const id = await publications.propose({ pack, kind: 'list', base: live.number, by, at, about, content })
      return { kind: 'proposed', id }
    },
    async proposeCorrection({ pack, by, ...correction }) {
      const live = await served(pack)
      if (typeof live === 'string') return { kind: live }
      const before = live.pack.services.find(({ id }) => id === correction.service)
      if (before === undefined) return { kind: 'unknownService' }
      const after = corrected(before, correction)
      const faults = 'faults' in after ? after.faults : serviceFaults(after.service, live.pack)
      const personal = personalIn(correction.note)
      if (personal !== undefined)
        faults.push({
          service: before.id,
          field: 'note',
          problem: `seems to hold ${personal}`,
          remedy: 'Take it out; write a role instead.',
        })
      if (faults.length > 0 || 'faults' in after) return { kind: 'faulty', faults }
      if (sameService(before, after.service)) return { kind: 'noChange' }
      const id = await publications.propose({
        pack,
        kind: 'correction',
        base: live.number,
        by,
        at: clock.now(),
        about: `correction: ${before.id}`,
        content: writeCorrection(correction),
      })
      return { kind: 'proposed', id }
    },
    review,
    async approve(id, { by, on, evenSo }) {
      const proposal = await publications.proposal(id)
      if (proposal === undefined) return { kind: 'gone' }
      if (isSameAuthor(proposal.by, by)) return { kind: 'samePerson' }
      return onLive(proposal.pack, on, async (live) => {
        const result = await resolved(proposal, live)
        if ('kind' in result) return result
        const faults = faultsIn(live.pack, result.services)
        if (faults !== undefined) return faults
        const { about } = proposal
        return publish(live, {
          services: result.services,
          by,
          about,
          proposal: id,
          ...(evenSo === undefined ? {} : { evenSo }),
        })
      })
    },
    refuse: async (id) => ((await publications.refuse(id)) ? 'refused' : 'gone'),
    check: ({ pack, service: id, by, until, role, method }) =>
      onLive(pack, undefined, async (live) => {
        const before = live.pack.services.find((one) => one.id === id)
        if (before === undefined) return { kind: 'unknownService' }
        if (before.status === 'draft') return { kind: 'draft' }
        const day = today(live)
        const latest = daysAfter(day, LONGEST_CHECK_DAYS)
        if (until !== undefined && (until < day || until > latest)) return { kind: 'wrongDate', latest }
        if (before.endsOn !== undefined && before.endsOn < day)
          return { kind: 'ended', endsOn: before.endsOn }
        const after = checked(before, day, {
          ...(until === undefined ? {} : { until }),
          ...(role === undefined ? {} : { role }),
          ...(method === undefined ? {} : { method }),
        })
        return publish(live, {
          services: live.pack.services.map((one) => (one.id === id ? after : one)),
          by,
          about: `checked: ${id}`,
          // One more service that is fresh takes nobody's away.
          evenSo: true,
        })
      }),
    back(pack, { by, on, evenSo }) {
      return onLive(pack, on, stepBack, servedOrNothing)

      async function stepBack(live: Found): Promise<Outcome> {
        const [head, ...earlier] = await publications.editions(pack)
        const place = head?.backTo ?? head?.number ?? 0
        if (place === 0) return { kind: 'nothingBefore' }
        const before = earlier.find(({ number }) => number === place - 1)
        if (before === undefined && place > 1) return { kind: 'nothingBefore' }
        const backTo = before?.backTo ?? place - 1
        const services = await servicesOf(pack, place - 1)
        if (services === undefined) return { kind: 'unreadable' }
        const refused = live.isUnreadable === true ? undefined : refusedBack(live.pack, services, today(live))
        if (refused !== undefined) return refused
        return publish(live, {
          services,
          by,
          about: `back to ${backTo}`,
          backTo,
          ...(evenSo === undefined ? {} : { evenSo }),
        })
      }
    },
    async due(days, pack) {
      const found = []
      for (const id of pack === undefined ? folders.keys() : [pack]) {
        const live = await served(id)
        if (typeof live !== 'string') found.push(...dueIn(live.pack, clock.now(), days))
      }
      return found.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    },
  }
}
