import { mayBeName, mayBePersonalMailbox } from '../../checks/personal-data.ts'
import type { Pack } from '../../pack/pack.ts'
import type { Service } from '../../service.ts'
import type { Said } from './say.ts'

/**
 * A mailbox or a name that may be a person's own, which only somebody who knows the service can tell. Until then the row
 * stays out: what is shown to everybody, and exported, cannot be taken back.
 */
export interface MaybePersonal extends Said {
  column: 'email' | 'verified_by'
}

export function maybePersonalIn(service: Service, pack: Pack, isLookedAt: boolean): MaybePersonal[] {
  const { id, orgName, name, contacts, verified } = service
  const own = [orgName, ...Object.values(name)].join(' ')
  const found: MaybePersonal[] = []
  if (contacts.some(({ kind, value }) => kind === 'email' && mayBePersonalMailbox(value, own)))
    found.push({
      column: 'email',
      ...held("is of a mail service for everybody, so it may be a person's own"),
      remedy: `If it is a person's, use the mailbox of a role. If it is the service's, say --not-personal ${id}.`,
    })
  const by = verified.by
  // Most rows name a role, and a pack has many names.
  if (mayBeName(by, '') && mayBeName(by, [own, ...namesOf(pack)].join(' ')))
    found.push({
      column: 'verified_by',
      ...held("may be a person's name"),
      remedy: `Write a role, such as "GBV coordinator". If it is an organisation, write a role of it, such as "Red Cross team", or say --not-personal ${id}.`,
    })
  return found

  function held(problem: string): Pick<Said, 'kind' | 'problem'> {
    return isLookedAt
      ? { kind: 'note', problem: `${problem}; somebody looked at it` }
      : { kind: 'held', problem: `${problem}, and the row waits for somebody to look at it` }
  }
}

/** Places and partners by which a role may be called. */
function namesOf({ names, areas, services }: Pack): string[] {
  return [
    ...Object.values(names),
    ...areas.flatMap((area) => [...Object.values(area.names), ...area.aliases]),
    ...services.map(({ orgName }) => orgName),
  ]
}
