import { NEEDS } from '../../../flows/context.ts'
import type { Config } from '../../config.ts'
import type { Pack } from '../../directory/pack/pack.ts'
import type { Grid } from '../../statistics/tables.ts'

/** What the statistics of this deployment can have numbers of, by its settings. */
export function gridOf(
  { languages, countsAreas }: Pick<Config, 'languages' | 'countsAreas'>,
  packs: readonly Pick<Pack, 'id' | 'areas'>[],
): Grid {
  const areas = packs.flatMap(({ id, areas: all }) => all.map((area) => `${id}/${area.id}`))
  return { languages, needs: NEEDS, areas: countsAreas ? areas : [] }
}
