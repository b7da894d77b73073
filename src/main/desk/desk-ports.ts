import { NEEDS } from '../../../flows/context.ts'
import type { Engine } from '../../conversation/engine.ts'
import type { ServiceWish } from '../../desk/server/desk.ts'
import type { ServiceRow } from '../../desk/wire.ts'
import type { Directory } from '../../directory/directory.ts'
import type { Instant } from '../../operations/environment.ts'

/** What the desk may look up besides cases: services as she would read them. */
const MOST_SERVICES = 50

export function findServices(
  { engine, directory }: { engine: Engine; directory: Directory },
  { id: wanted, pack, area, need, text, language }: ServiceWish,
  now: Instant,
): ServiceRow[] {
  const packs = directory.live(now).filter((one) => pack === undefined || pack === '' || one === pack)
  const spoken = language === undefined || language === '' ? engine.firstLanguage : language
  const words = (text ?? '').toLocaleLowerCase().split(/\s+/u).filter(Boolean)
  return packs
    .flatMap((one) => {
      return candidates(one).flatMap((id): ServiceRow[] => {
        const card = directory.card(one, id, spoken, now)
        const service = directory.service(one, id, now)
        if (card === undefined || service === undefined) return []
        if (area !== undefined && area !== '' && card.areaName !== area) return []
        const searched = `${card.name} ${card.summary} ${card.areaName}`.toLocaleLowerCase()
        if (!words.every((word) => searched.includes(word))) return []
        return [
          {
            id: `${one}/${id}`,
            name: card.name,
            kind: card.summary,
            area: card.areaName,
            card: engine.card(id, { pack: one, language: spoken }, now),
            verifiedOn: card.checkedOn,
          },
        ]
      })
    })
    .slice(0, MOST_SERVICES)

  function candidates(one: string): string[] {
    if (wanted !== undefined) {
      const named = packAndService(wanted)
      return named.pack === one ? [named.service] : []
    }
    const needs = NEEDS.filter((known) => need === undefined || need === '' || known === need)
    return [...new Set(needs.flatMap((known) => directory.search({ pack: one, need: known }, now)))]
  }
}

/** Areas go by their names at the desk: "Portavel" says more than "XV01". */
export function areaName(
  { engine, directory }: { engine: Engine; directory: Directory },
  area: string,
  now: Instant,
): string {
  if (area === '') return ''
  const pack = directory.live(now).find((one) => directory.areas(one).includes(area))
  return pack === undefined ? area : directory.areaName(pack, area, engine.firstLanguage)
}

/** `demo/clinic-1` as it goes over the wire. */
export function packAndService(id: string): { pack: string; service: string } {
  const at = id.indexOf('/')
  return { pack: id.slice(0, Math.max(0, at)), service: id.slice(at + 1) }
}
