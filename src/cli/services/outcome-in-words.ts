import { changesInWords } from '../../directory/publishing/changes-in-words.ts'
import type { NotDone, Outcome } from '../../directory/publishing/publishing.ts'

/** Prints what came of it; the exit code is 0 when an edition went live. */
export function tell(outcome: Outcome): number {
  if (outcome.kind !== 'published') {
    for (const line of whyNot(outcome)) console.error(line)
    return 1
  }
  const { pack, number, changes, backTo } = outcome
  for (const line of changesInWords(changes)) console.log(line)
  const again = backTo === undefined ? '' : `, with the services of ${editionNamed(backTo)}`
  console.log(`Edition ${number} of ${pack} is live${again}. A running service has it within a second.`)
  return 0
}

export function editionNamed(number: number): string {
  return number === 0 ? "the table in the pack's folder" : `edition ${number}`
}

/** What happened and what to do, one line for each thing to mend. */
export function whyNot(outcome: NotDone): string[] {
  switch (outcome.kind) {
    case 'unknownPack':
      return ['There is no such pack, or its folder cannot be read: run "npm run -s lantern -- check".']
    case 'unknownService':
      return ['The pack has no service of this id. The list has them all: "services export".']
    case 'draft':
      return [
        'It is a draft, and a check makes no draft go live. Set status to active, verified_on, verified_by and review_by in the table, and have it published (docs/packs.md).',
      ]
    case 'unreadable':
      return [
        'This edition or proposal cannot be read: it is damaged, or a newer Lantern wrote it. What was served before is still served. "services back" goes back.',
      ]
    case 'gone':
      return ['Nothing of this number waits. It was published or refused already: see "services list".']
    case 'samePerson':
      return ['This role made the proposal. Another person must look at it and publish it.']
    case 'stale':
      return ['Another edition went live just now. Look at it again, then repeat this.']
    case 'outdated':
      return ['The edition that it was made on is not kept any more. Import the list again.']
    case 'clash':
      return [
        `It and a later edition changed the same of: ${outcome.services.join(', ')}. Import the list again, or propose the correction again.`,
      ]
    case 'faulty':
      return outcome.faults.map(
        ({ service, field, problem, remedy }) => `${service}: ${field} ${problem}. ${remedy}`,
      )
    case 'notServed':
      return [
        `With it the pack has no fresh ${outcome.missing.map((kind) => (kind === 'health' ? 'health service' : kind)).join(' and no fresh ')}, so nobody would be served from it. Check services by phone first ("services due"), or say --even-so.`,
      ]
    case 'noChange':
      return ['It changes nothing: all of it is live already.']
    case 'nothingBefore':
      return ['There is no earlier edition to go back to, or it is not kept any more: see "services list".']
    case 'wouldShow':
      return [
        `Going back would show what was kept from people since, of: ${outcome.services.join(', ')}. Nothing was changed. Correct what is wrong instead: at the desk, or with a list that a second person publishes.`,
      ]
    case 'wrongDate':
      return [`--until is a day from today to ${outcome.latest}: a check holds no longer.`]
    case 'ended':
      return [`The service ended on ${outcome.endsOn}. If it goes on, correct its last day first.`]
  }
}
