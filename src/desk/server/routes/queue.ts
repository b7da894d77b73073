import { z } from 'zod'
import type { QueueEntry } from '../../../handoff/handoff.ts'
import { MONTH } from '../../../statistics/months.ts'
import type { Board, Colleague, Months, QueueAnswer } from '../../wire.ts'
import { CASE_ROLES } from '../case-room.ts'
import type { Desk } from '../desk.ts'
import type { Registrar } from '../http/registrar.ts'
import { answer, refuse } from '../http/reply.ts'
import { language } from './me.ts'

/** What is shown around the cases: the queue, the board, the phrase book and the directory. No content of any case. */
const word = z.string().max(100).optional()

export function queueRoutes({ route }: Registrar, desk: Desk): void {
  const { ports, staff, clock, caseRoom } = desk

  route({
    method: 'GET',
    path: '/api/queue',
    roles: CASE_ROLES,
    async handler() {
      const queue = await caseRoom.queue()
      return answer({ queue, accounts: await colleagues(queue) } satisfies QueueAnswer)
    },
  })

  route({
    method: 'GET',
    path: '/api/board',
    roles: ['supervisor'],
    async handler() {
      const queue = await caseRoom.queue()
      const waiting = queue.filter(({ state }) => state === 'waiting')
      const now = clock.now()
      return answer({
        waiting: waiting.length,
        active: queue.filter(({ state }) => state === 'active' || state === 'offered').length,
        oldestWaitingMs: Math.max(0, ...waiting.map(({ changedAt }) => now - changedAt)),
        colleagues: await colleagues(queue),
        days: await ports.days(),
      } satisfies Board)
    },
  })

  route({
    method: 'GET',
    path: '/api/months',
    roles: ['supervisor', 'administrator'],
    query: z.strictObject({ month: z.string().regex(MONTH).optional() }),
    async handler({ query }) {
      const months = await ports.months(query.month)
      return months === undefined ? refuse('gone') : answer(months satisfies Months)
    },
  })

  route({
    method: 'GET',
    path: '/api/phrases',
    roles: CASE_ROLES,
    query: z.strictObject({ language }),
    async handler({ query, me }) {
      const wish = { language: query.language, reader: me.language }
      return answer({ phrases: await ports.phrases(wish) })
    },
  })

  route({
    method: 'GET',
    path: '/api/services',
    roles: CASE_ROLES,
    query: z.strictObject({
      id: word,
      pack: word,
      area: word,
      need: word,
      text: word,
      language: language.optional(),
    }),
    handler: async ({ query }) => answer({ services: await ports.services(query) }),
  })

  async function colleagues(queue: readonly QueueEntry[]): Promise<Colleague[]> {
    const members = await staff.list()
    const held = Map.groupBy(queue, ({ holder }) => holder)
    return members
      .filter(({ role, disabled }) => role === 'caseworker' && !disabled)
      .map(({ id, name, onShift, capacity }) => ({
        id,
        name,
        onShift,
        capacity,
        load: held.get(id)?.length ?? 0,
      }))
  }
}
