import { z } from 'zod'
import { NEEDS } from '../../../../flows/context.ts'
import { deskAuthor } from '../../../directory/publishing/author.ts'
import { worded } from '../../../directory/worded.ts'
import {
  type DirectoryNotice,
  type DueRow,
  type PackEditions,
  type ProposalRow,
  SERVICE_STATES,
  type ServiceAnswer,
} from '../../directory-wire.ts'
import { CASE_ROLES } from '../case-room.ts'
import type { Desk } from '../desk.ts'
import { authorNames } from '../directory/authors.ts'
import { dueNow, type Wish, wishesOf } from '../directory/directory-of-desk.ts'
import { reviewFor } from '../directory/review.ts'
import { directoryFor, rowOf } from '../directory/rows.ts'
import { factsOf, formOf } from '../directory/service-facts.ts'
import type { Registrar } from '../http/registrar.ts'
import { answer, refuse } from '../http/reply.ts'
import type { Member } from '../staff.ts'

/** The directory, read: the table, one service, what is to be dialled, what waits, the editions. No case is in any of it. */
export const packId = z.string().regex(/^[a-z0-9-]{1,40}$/u)
export const serviceParams = z.strictObject({ pack: packId, service: z.string().regex(/^[a-z0-9-]{1,40}$/u) })
export const proposalParams = z.strictObject({
  id: z
    .string()
    .regex(/^\d{1,9}$/u)
    .transform(Number),
})
const USUAL = 50
const most = z
  .string()
  .regex(/^[1-9]\d{0,3}$/u)
  .transform(Number)
/** The one who decides, and who sees what waits. */
export const DECIDES = ['supervisor'] as const
const READS = ['caseworker', 'supervisor', 'administrator'] as const

export function directoryRoutes({ route }: Registrar, desk: Desk): void {
  const { ports, staff, clock } = desk
  const { directory } = ports
  const { publishing } = directory

  route({
    method: 'GET',
    path: '/api/directory',
    roles: READS,
    query: z.strictObject({
      pack: packId.optional(),
      area: z
        .string()
        .regex(/^[A-Z0-9]{1,12}$/u)
        .optional(),
      need: z.enum(NEEDS).optional(),
      state: z.enum(SERVICE_STATES).optional(),
      text: z.string().max(100).optional(),
      most: most.default(USUAL),
    }),
    handler: ({ query, me }) => answer(directoryFor(directory.packs(), query, reader(me))),
  })

  route({
    method: 'GET',
    path: '/api/directory/services/:pack/:service',
    roles: READS,
    params: serviceParams,
    async handler({ params, me }) {
      const pack = directory.packs().find(({ id }) => id === params.pack)
      const service = pack?.services.find(({ id }) => id === params.service)
      if (pack === undefined || service === undefined) return refuse('gone')
      const nameOf = await authorNames(staff)
      const waiting = (await wishesOf(directory)).filter(
        (wish) => wish.pack === pack.id && wish.service === service.id,
      )
      return answer({
        row: rowOf(service, pack, reader(me)),
        facts: factsOf(service, me.language),
        waiting: waiting.map(({ id, at, by }) => ({
          id,
          at,
          by: nameOf(by),
          mine: by === deskAuthor(me.id),
        })),
        form: formOf(service, pack, me.language),
      } satisfies ServiceAnswer)
    },
  })

  route({
    method: 'GET',
    path: '/api/directory/due',
    roles: CASE_ROLES,
    async handler({ me }) {
      const stopped = new Set(
        (await wishesOf(directory)).flatMap(({ closes, pack, service }) =>
          closes ? [`${pack}/${service}`] : [],
        ),
      )
      const due = dueNow(directory.packs(), clock.now()).map((one): DueRow => {
        const { pack, checkedBy, checkedOn, date, why, passed, evidence } = one
        const id = `${pack}/${one.id}`
        return {
          id,
          name: worded(one.name, me.language),
          numbers: [...new Set(one.numbers)],
          ...(why === 'never' && evidence !== undefined ? { source: evidence.url } : {}),
          checkedBy,
          checkedOn,
          date,
          why,
          passed,
          stopped: stopped.has(id),
        }
      })
      return answer({ due })
    },
  })

  route({
    method: 'GET',
    path: '/api/directory/notice',
    roles: CASE_ROLES,
    async handler({ me }) {
      const due = dueNow(directory.packs(), clock.now())
      const wishes = me.role === 'supervisor' ? await wishesOf(directory) : []
      const theirs = wishes.filter(({ by }) => by !== deskAuthor(me.id))
      return answer({
        overdue: due.filter(({ passed }) => passed).length,
        due: due.length,
        waiting: theirs.length,
        stopped: theirs.filter(({ closes }) => closes).length,
      } satisfies DirectoryNotice)
    },
  })

  route({
    method: 'GET',
    path: '/api/directory/proposals',
    roles: DECIDES,
    async handler({ me }) {
      const shown = await proposalShown(me)
      return answer({ proposals: (await wishesOf(directory)).map(shown) })
    },
  })

  route({
    method: 'GET',
    path: '/api/directory/proposals/:id',
    roles: DECIDES,
    params: proposalParams,
    async handler({ params: { id }, me }) {
      const wish = (await wishesOf(directory)).find((one) => one.id === id)
      const review = wish && (await publishing.review(id))
      if (wish === undefined || review === undefined || review.kind === 'gone') return refuse('gone')
      // What cannot even be compared is shown with the reason alone.
      const nothing = { services: 0, shown: 0 }
      const read =
        review.kind === 'review'
          ? review
          : ({
              kind: 'review',
              proposal: wish,
              note: '',
              live: 0,
              changes: { services: [], before: nothing, after: nothing },
              hindrance: review,
            } as const)
      return answer(reviewFor(read, (await proposalShown(me))(wish), me.language))
    },
  })

  route({
    method: 'GET',
    path: '/api/directory/editions',
    roles: DECIDES,
    async handler({ me }) {
      const nameOf = await authorNames(staff)
      const packs = directory.packs().map(async ({ id, names }): Promise<PackEditions> => {
        const editions = await publishing.editions(id)
        return {
          pack: id,
          name: worded(names, me.language),
          editions: editions.map(({ number, at, by, approvedBy, about }) => ({
            number,
            at,
            by: nameOf(by),
            approvedBy: nameOf(approvedBy),
            about,
          })),
        }
      })
      return answer({ packs: await Promise.all(packs) })
    },
  })

  const reader = ({ language }: Member) => ({ language, now: clock.now() })

  async function proposalShown(me: Member): Promise<(wish: Wish) => ProposalRow> {
    const nameOf = await authorNames(staff)
    const named = (pack: string, service: string) =>
      directory
        .packs()
        .find(({ id }) => id === pack)
        ?.services.find(({ id }) => id === service)?.name
    return ({ id, pack, kind, service, closes, by, at, about }) => ({
      id,
      pack,
      kind,
      service,
      name: worded(named(pack, service), me.language) || service,
      closes,
      by: nameOf(by),
      mine: by === deskAuthor(me.id),
      at,
      about,
    })
  }
}
