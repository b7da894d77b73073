import type { Instant } from '../../operations/environment.ts'
import { isNeverDialled, numbersToDial } from '../pack/draft-pack.ts'
import { todayIn } from './freshness.ts'
import type { Pack } from '../pack/pack.ts'
import type { CHECK_METHODS, Service, Text } from '../service.ts'

/** What must be dialled: drafts that nobody ever dialled, then services whose dates have passed or pass soon. */
export interface Due {
  pack: string
  country: string
  id: string
  name: Text
  numbers: readonly string[]
  /** The page that its numbers were read on. */
  evidence?: Service['evidence']
  /** The role that checked it last; '' for one that nobody ever dialled. */
  checkedBy: string
  checkedOn: string
  /** The last day on which it is shown, and which of its dates that is; '' for one that nobody ever dialled. */
  date: string
  why: 'review' | 'ends' | 'never'
  /** It is withheld already. */
  passed: boolean
}

export function dueIn(pack: Pack, now: Instant, days: number): Due[] {
  const today = todayIn(pack, now)
  const horizon = daysAfter(today, days)
  return pack.services
    .flatMap((service): Due[] => {
      const isNever = isNeverDialled(service)
      if (service.status === 'closed' || (service.status === 'draft' && !isNever)) return []
      const { id, name, area, verified, evidence } = service
      const { date, why } = isNever ? NEVER : lastDay(service)
      if (date > horizon) return []
      return [
        {
          pack: pack.id,
          country: area.country,
          id,
          name,
          numbers: numbersToDial(service),
          ...(evidence === undefined ? {} : { evidence }),
          checkedBy: verified.by,
          checkedOn: verified.on,
          date,
          why,
          passed: date < today,
        },
      ]
    })
    .toSorted((a, b) => compare(a.date, b.date) || compare(a.id, b.id))
}

/** Before every date, so that it stands first. */
const NEVER = { date: '', why: 'never' } as const

function lastDay({ reviewBy, endsOn }: Service): Pick<Due, 'date' | 'why'> {
  return endsOn !== undefined && endsOn < reviewBy
    ? { date: endsOn, why: 'ends' }
    : { date: reviewBy, why: 'review' }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The longest time for which a check holds, and what it is when nothing else is known. */
export const LONGEST_CHECK_DAYS = 180
const USUAL_CHECK_DAYS = 90

/** The service as it is after a check today: for as long as the one before was meant to hold, unless `until` says it. */
export function checked(service: Service, today: string, { until, role, method }: CheckWish = {}): Service {
  const before = daysBetween(service.verified.on, service.reviewBy)
  const span = before > 0 ? Math.min(before, LONGEST_CHECK_DAYS) : USUAL_CHECK_DAYS
  return {
    ...service,
    verified: {
      ...service.verified,
      on: today,
      by: role ?? service.verified.by,
      method: method ?? service.verified.method,
    },
    reviewBy: until ?? daysAfter(today, span),
  }
}

export interface CheckWish {
  /** The day by which it must be checked again. */
  until?: string
  /** The role that checked it, where another one did than before. */
  role?: string
  /** How it was checked. */
  method?: (typeof CHECK_METHODS)[number]
}

const DAY = 86_400_000

export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY)
}
