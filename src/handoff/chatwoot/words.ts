import type { CaseId } from '../../storage/cases.ts'
import type { CaseRecord } from '../case-record.ts'
import type { Attributes } from './chatwoot-api.ts'

/**
 * What agents read in Chatwoot of a case, besides what was written in it: exactly what consent covers (case-request.ts),
 * less the check phrase, which only Lantern can compare. Nothing here is ever shown to the person.
 */
type Told = Pick<CaseRecord, 'request' | 'presence'>

/** The contact's name, since agents see a name and not an identifier. */
export const nameOf = (id: CaseId) => `Case ${id}`

/** The first message, because custom attributes are seen only where an administrator defined them. */
export function firstMessage(id: CaseId, { request }: Told): string {
  return [
    nameOf(id),
    `Language: ${request.language}`,
    `Area: ${request.area === '' ? 'not told' : request.area}`,
    `Need: ${request.need}`,
    `Urgency: ${request.urgency}`,
    `Under 18: ${yesOrNo(request.young)}`,
    `About the conduct of an aid worker: ${yesOrNo(request.aidConduct)}`,
  ].join('\n')
}

export function attributesOf(id: CaseId, { request, presence }: Told): Attributes {
  const { language, area, need, urgency, young, aidConduct } = request
  return { case: id, language, area, need, urgency, young, aid_conduct: aidConduct, presence }
}

export const NOTES = {
  left: 'The person has left the chat. What is written now is not shown to them unless they come back.',
  back: 'The person is back in the chat.',
  onlyText: 'Only plain text reaches the person: what was attached to the last message was not passed on.',
  notTaken: 'The last message could not be delivered to the person.',
  ended:
    'This case has ended for the person, and nothing written here reaches them any more. If they ask again, a new case is opened.',
} as const

export const urgencyNote = ({ request }: Told) => `They asked again. Urgency is now: ${request.urgency}`

const yesOrNo = (value: boolean) => (value ? 'yes' : 'no')
