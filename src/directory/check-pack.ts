import type { Instant } from '../operations/environment.ts'
import { isFresh, isLive, todayIn } from './freshness.ts'
import { parseHours } from './opening-hours.ts'
import type { Pack, Problem } from './pack.ts'
import type { Service } from './service.ts'

/** What a pack's keeper should mend although it can be read: `lantern check` prints it. */
export function checkPack(pack: Pack, now: Instant): Problem[] {
  const today = todayIn(pack, now)
  const problems = pack.services.flatMap((service) => checkService(service))
  if (!isLive(pack.services.filter((service) => isFresh(service, today))))
    problems.push({
      file: 'services.csv',
      problem: 'has no fresh health service or no fresh hotline, so the pack is not served',
      remedy: 'Check by phone, then set verified_on and review_by.',
    })
  return problems
}

const LONGEST_NAME = 60
const LONGEST_SUMMARY = 300
const PERSONAL = /[\w.+-]+@[\w-]+\.[a-z]{2,}/iu

function checkService(service: Service): Problem[] {
  const problems: Problem[] = []
  const add = (field: string, problem: string, remedy: string) =>
    problems.push({ file: 'services.csv', field: `${service.id} ${field}`, problem, remedy })
  if (service.hours !== undefined) {
    const parsed = parseHours(service.hours)
    if ('problem' in parsed)
      add('hours', parsed.problem, 'Write it like Mo-Fr 08:00-16:00; PH off, or leave it empty.')
  }
  for (const [tag, name] of Object.entries(service.name))
    if (name.length > LONGEST_NAME) add(`name_${tag}`, `has more than ${LONGEST_NAME} letters`, 'Shorten it.')
  for (const [tag, summary] of Object.entries(service.summary)) {
    if (summary.length > LONGEST_SUMMARY)
      add(`description_${tag}`, `has more than ${LONGEST_SUMMARY} letters`, 'Shorten it.')
    if (PERSONAL.test(summary))
      add(`description_${tag}`, 'holds an e-mail address', 'Take it out; a role mailbox goes into email.')
  }
  return problems
}
