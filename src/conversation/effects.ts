import type { Context } from '../../flows/context.ts'
import type { Happening } from '../../flows/events.ts'
import type { Want } from '../../flows/page.ts'
import type { Effect } from './conversation.ts'

/** What the flow wants, completed with what the conversation knows. */
export function effectsOf(
  wants: readonly Want[],
  { before, after }: { before: Context; after: Context },
  happening: Happening,
  now: number,
): Effect[] {
  const effects: Effect[] = []
  const known = before.case
  for (const want of wants) {
    switch (want) {
      case 'openCase': {
        const { language, area, need, urgency, young, aidConduct, nudge, checkPhrase } = after
        const request = { language, area, need, urgency, young, aidConduct, nudge, checkPhrase }
        effects.push({ kind: 'openCase', case: after.case, request })
        break
      }
      case 'tellDesk':
      case 'endCase':
        effects.push({ kind: want, case: known })
        break
      case 'hereAgain':
        effects.push({ kind: 'presence', case: known, presence: 'here' })
        break
      case 'leave':
        effects.push({ kind: 'leave' })
        if (known !== '') effects.push({ kind: 'presence', case: known, presence: 'left' })
        break
      case 'show':
        break
      default:
        effects.push({ kind: want })
    }
  }
  if (happening.type === 'danger') effects.push(heard(1, happening.lang, now))
  if (happening.type === 'disclosure') effects.push(heard(happening.tier, happening.lang, now))
  return effects
}

/** Only tier, language and week are counted: neither the text nor the word that matched. */
function heard(tier: number, lang: string, now: number): Effect {
  return { kind: 'count', name: `heard.tier${tier}.${lang}.${weekOf(now)}` }
}

const DAY = 86_400_000

/** ISO 8601 week in UTC, `2026-W48`. The week belongs to the year of its Thursday. */
export function weekOf(now: number): string {
  const day = Math.floor(now / DAY)
  // 1970-01-01 was a Thursday: (day + 3) % 7 is 0 on a Monday.
  const thursday = day - ((((day + 3) % 7) + 7) % 7) + 3
  const year = new Date(thursday * DAY).getUTCFullYear()
  const firstDay = Date.UTC(year, 0, 1) / DAY
  return `${year}-W${String(Math.floor((thursday - firstDay) / 7) + 1).padStart(2, '0')}`
}
