import type { Changes, ServiceChange } from '../../../directory/publishing/changes.ts'
import type { Review } from '../../../directory/publishing/publishing.ts'
import { worded } from '../../../directory/worded.ts'
import type { ProposalRow, ReviewAnswer, ServiceChangeRow } from '../../directory-wire.ts'

/** A proposal as a supervisor reads it before it goes live; of a very long list the first changes, the gravest first. */
const MOST_SHOWN = 200

export function reviewFor(
  { changes, note, live, hindrance }: Review,
  proposal: ProposalRow,
  reader: string,
): ReviewAnswer {
  const counts = { new: 0, left: 0, changed: 0, checked: 0 }
  for (const { kind } of changes.services) counts[kind] += 1
  return {
    proposal,
    note,
    live,
    counts,
    before: changes.before,
    after: changes.after,
    changes: changes.services
      .toSorted((a, b) => gravity(a) - gravity(b))
      .slice(0, MOST_SHOWN)
      .map((change) => changeRow(change, reader)),
    ...(hindrance === undefined ? {} : { hindrance }),
  }
}

const ORDER: Readonly<Record<ServiceChange['kind'], number>> = { left: 1, new: 2, changed: 3, checked: 4 }

function gravity({ kind, shown }: ServiceChange): number {
  return shown.before && !shown.after ? 0 : ORDER[kind]
}

function changeRow(
  { service, kind, shown, fields }: Changes['services'][number],
  reader: string,
): ServiceChangeRow {
  return { id: service.id, name: worded(service.name, reader), kind, shown, fields: [...fields] }
}
