import { REMOTE } from '../search/narrowing.ts'
import type { Service } from '../service.ts'
import { isSecretPlace } from '../secret-place.ts'

/**
 * A service has hours, and its telephone may have others. What nobody goes to is as open as the number that is shown: a
 * line that says "day and night" while nobody answers costs somebody the one call that she can make. Where there may be a
 * door its own hours decide, since somebody would set out by those of a telephone that is answered at night.
 */
type Hours = Service['hours']

export function hoursToGoBy(service: Service): Hours {
  return isOnlyCalled(service) ? hoursToCall(service) : service.hours
}

/** Of the number that stands first. A note that stands alone, or beside the same hours, is of it too. */
export function hoursToCall({ hours, contacts }: Service): Hours {
  const [first] = ['tollfree', 'phone'].flatMap((kind) => contacts.filter((one) => one.kind === kind))
  if (first?.hours === undefined) return hours
  const isOfIt = hours?.text !== undefined && (hours.osm === null || hours.osm === first.hours.osm)
  return isOfIt ? { text: hours.text, ...first.hours } : first.hours
}

function isOnlyCalled(service: Service): boolean {
  const { access, address, location, categories } = service
  if (isSecretPlace(service)) return true
  if (address !== undefined || location !== undefined) return false
  return access.length === 0 ? categories.includes('hotline') : access.every((one) => REMOTE.has(one))
}
