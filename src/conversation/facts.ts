import type { Facts } from '../../flows/facts.ts'
import type { Directory } from '../directory/directory.ts'
import type { Moment } from './engine.ts'

export interface Setting {
  directory: Directory
  languages: readonly string[]
  entrance: 'open' | 'covered'
  /** By language, the pages that are there as voice messages. */
  voices?: ReadonlyMap<string, ReadonlySet<string>>
  countsAreas?: boolean
}

/** The world at one moment, as the flows ask about it. */
export function factsAt(
  { directory, languages, entrance, voices, countsAreas = false }: Setting,
  { now, desk, newCase = '', reply = '' }: Moment,
): Facts {
  return {
    now,
    desk,
    newCase,
    reply,
    entrance,
    languages,
    countsAreas,
    packs: directory.live(now),
    inDeskHours: (pack) => directory.desk(pack, now)?.open,
    speaks: (language) => voices?.has(language) === true,
    areas: (pack) => directory.areas(pack),
    search: (query) => directory.search(query, now),
    heldBack: (service, { pack, ...asker }) => directory.heldBack(pack, service, asker, now),
    areaNear: (pack, place) => directory.areaNear(pack, place),
    states: (pack, statement) => directory.states(pack, statement),
  }
}
