import type {
  CorrectionPost,
  DirectoryNotice,
  DueRow,
  EditionRow,
  ProposalRow,
  ReviewAnswer,
} from '../../src/desk/directory-wire.ts'
import { dueNow } from '../../src/desk/server/directory/directory-of-desk.ts'
import { directoryFor, rowOf } from '../../src/desk/server/directory/rows.ts'
import { factsOf, formOf } from '../../src/desk/server/directory/service-facts.ts'
import type { Me } from '../../src/desk/wire.ts'
import { worded } from '../../src/directory/worded.ts'
import { demoPack } from '../directory/demo.ts'
import { HOUR } from './fake-data.ts'

/** The directory as the page sees it: the invented country's, with two that are due, three proposals and two editions. */
export interface FakeDirectory {
  proposals: ProposalRow[]
  editions: EditionRow[]
  due: DueRow[]
  corrections: CorrectionPost[]
}
type Answer = (call: {
  params: Record<string, string>
  query: Record<string, string>
  body: Record<string, unknown>
}) => object | undefined

const pack = demoPack()

export function fakeDirectory(me: () => Me): {
  directory: FakeDirectory
  reads: Record<string, Answer>
  acts: Record<string, Answer>
} {
  const now = Date.now()
  const reader = () => ({ language: me().language, now: Date.now() })
  const service = (id: string) => pack.services.find((one) => one.id === id)
  const about = (id: number, of: string, more: Partial<ProposalRow> = {}): ProposalRow => ({
    id,
    pack: 'demo',
    kind: 'correction',
    service: of,
    name: worded(service(of)?.name, 'en'),
    closes: false,
    by: 'Bruno',
    mine: false,
    at: now - id * HOUR,
    about: `correction: ${of}`,
    ...more,
  })
  const directory: FakeDirectory = {
    proposals: [
      about(3, 'portavel-talk', { closes: true }),
      about(4, 'portavel-clinic'),
      about(5, '', { kind: 'list', by: 'IM officer', about: 'import of services-2026-11.xlsx' }),
      about(6, 'luma-clinic', { by: 'Amal', mine: true }),
    ],
    editions: [
      { number: 2, at: now - HOUR, by: 'Bruno', approvedBy: 'Bruno', about: 'checked: luma-clinic' },
      {
        number: 1,
        at: now - 90 * HOUR,
        by: 'IM officer',
        approvedBy: 'Amal',
        about: 'import of services.csv',
      },
    ],
    due: [
      ...dueNow([pack], now).map(
        ({ pack: of, id, name, ...one }): DueRow => ({
          ...one,
          numbers: [...one.numbers],
          id: `${of}/${id}`,
          name: worded(name, 'en'),
          stopped: false,
        }),
      ),
      {
        id: 'demo/portavel-talk',
        name: 'Portavel Counselling Rooms',
        numbers: ['+999 000 0009', '+999 000 0090'],
        checkedBy: 'Demo desk',
        checkedOn: '2026-09-01',
        date: '2026-12-01',
        why: 'review',
        passed: false,
        stopped: true,
      },
    ],
    corrections: [],
  }
  const notice = (): DirectoryNotice => {
    const theirs = me().role === 'supervisor' ? directory.proposals.filter(({ mine }) => !mine) : []
    return {
      overdue: directory.due.filter(({ passed }) => passed).length,
      due: directory.due.length,
      waiting: theirs.length,
      stopped: theirs.filter(({ closes }) => closes).length,
    }
  }
  const takeOff = (id: string) => {
    directory.proposals = directory.proposals.filter((one) => String(one.id) !== id)
  }
  return {
    directory,
    reads: {
      directory: ({ query: { most = '50', ...wish } }) =>
        directoryFor([pack], { ...wish, most: Number(most) }, reader()),
      'directory/notice': notice,
      'directory/due': () => ({ due: directory.due }),
      'directory/proposals': () => ({ proposals: directory.proposals }),
      'directory/proposals/:id': ({ params }) => {
        const proposal = directory.proposals.find(({ id }) => String(id) === params['id'])
        return proposal && review(proposal)
      },
      'directory/editions': () => ({
        packs: [{ pack: 'demo', name: 'Velmora (demo)', editions: directory.editions }],
      }),
      'directory/services/:pack/:service': ({ params }) => {
        const found = service(params['service'] ?? '')
        if (found === undefined) return undefined
        const waiting = directory.proposals.filter((one) => one.service === found.id)
        return {
          row: rowOf(found, pack, reader()),
          facts: factsOf(found, me().language),
          waiting: waiting.map(({ id, at, by, mine }) => ({ id, at, by, mine })),
          form: formOf(found, pack, me().language),
        }
      },
    },
    acts: {
      'directory/services/:pack/:service/checked': ({ params }) => {
        const id = `demo/${params['service'] ?? ''}`
        directory.due = directory.due.filter((one) => one.id !== id)
        return { kind: 'published', number: 3 }
      },
      'directory/services/:pack/:service/stopped': () => ({ kind: 'proposed', id: 9 }),
      'directory/services/:pack/:service/correct': ({ body }) => {
        const wish = body as unknown as CorrectionPost
        directory.corrections.push(wish)
        return wish.hours === 'mornings'
          ? { kind: 'wrong', fields: [{ field: 'hours', detail: 'has no times. Write it like Mo-Fr.' }] }
          : { kind: 'proposed', id: 9 }
      },
      'directory/proposals/:id/approve': ({ params }) => {
        takeOff(params['id'] ?? '')
        return { kind: 'published', number: 3 }
      },
      'directory/proposals/:id/refuse': ({ params }) => {
        takeOff(params['id'] ?? '')
        return {}
      },
      'directory/back': ({ body }) =>
        body['evenSo'] === true
          ? { kind: 'published', number: 3 }
          : { kind: 'notServed', missing: ['hotline'] },
    },
  }
}

function review(proposal: ProposalRow): ReviewAnswer {
  const counts = { new: 0, left: 0, changed: 1, checked: 0 }
  const shown = { before: true, after: true }
  const { name, service: id } = proposal
  const same = { services: 37, shown: 34 }
  const one = { proposal, live: 2, counts, before: same, after: same }
  if (proposal.kind === 'list')
    return {
      ...one,
      note: '',
      counts: { new: 1, left: 1, changed: 2, checked: 240 },
      after: { services: 37, shown: 33 },
      changes: [
        { id: 'a', name: 'Bay House', kind: 'left', shown: { before: true, after: false }, fields: [] },
        { id: 'b', name: 'Almar Night Line', kind: 'new', shown: { before: false, after: true }, fields: [] },
        {
          id: 'c',
          name: 'Portavel Legal Aid',
          kind: 'changed',
          shown,
          fields: [
            { field: 'serves', from: 'everyone; undocumented', to: 'women; undocumented; migrants' },
            {
              field: 'summary',
              language: 'en',
              from: 'Advice from lawyers.',
              to: 'Free advice from lawyers.',
            },
            { field: 'safetyNote', language: 'en', from: 'Say that you come about a form.', to: '' },
          ],
        },
      ],
      hindrance: { kind: 'notServed', missing: ['hotline'] },
    }
  if (proposal.closes)
    return {
      ...one,
      note: '',
      after: { services: 37, shown: 33 },
      changes: [
        {
          id,
          name,
          kind: 'changed',
          shown: { before: true, after: false },
          fields: [{ field: 'status', from: 'active', to: 'temporarily_closed' }],
        },
      ],
    }
  return {
    ...one,
    note: 'Heard at the door: a new number, and open on Saturdays too.',
    changes: [
      {
        id,
        name,
        kind: 'changed',
        shown,
        fields: [
          { field: 'phone', from: '+999 000 0004', to: '+999 000 0444' },
          { field: 'hours', from: 'Mo-Fr 08:00-17:00; PH off', to: 'Mo-Sa 08:00-18:00; PH off' },
          { field: 'hoursNote', language: 'en', from: 'Monday to Friday 8:00 to 17:00', to: '' },
        ],
      },
    ],
  }
}
