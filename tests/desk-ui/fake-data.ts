import type { QueueEntry } from '../../src/handoff/handoff.ts'
import type { AccountId, CaseId } from '../../src/storage/cases.ts'
import type { Board, Colleague, Me, Months, OwnAccess, Phrase, ServiceRow } from '../../src/desk/wire.ts'

/** What the fake desk knows. Every name and place is invented. */

export const HOUR = 3_600_000
export const MINUTE = 60_000

export const AMAL = 'amal-amal-amal-amal-am'
export const BRUNO = 'bruno-bruno-bruno-brun'

export function meAs(role: Me['role'], language = 'en'): Me {
  return {
    id: AMAL,
    name: 'Amal',
    role,
    language,
    onShift: true,
    capacity: 4,
    until: Date.now() + 10 * HOUR,
    idleMs: 15 * MINUTE,
    passkeys: 1,
    hasPassword: true,
    glass: [],
    unreviewed: role === 'administrator' ? ['ar', 'bn'] : [],
  }
}

export const COLLEAGUES: Colleague[] = [
  { id: AMAL, name: 'Amal', onShift: true, load: 1, capacity: 4 },
  { id: BRUNO, name: 'Bruno', onShift: true, load: 2, capacity: 4 },
  { id: 'chidi-chidi-chidi-chid', name: 'Chidi', onShift: true, load: 3, capacity: 3 },
  { id: 'dalia-dalia-dalia-dali', name: 'Dalia', onShift: false, load: 0, capacity: 4 },
]

export function aCase(id: string, more: Partial<QueueEntry> = {}): QueueEntry {
  const now = Date.now()
  return {
    id: id as CaseId,
    state: 'waiting',
    holder: undefined,
    offeredTo: undefined,
    language: 'es',
    area: 'Portavel',
    need: 'health',
    urgency: 'usual',
    aidConduct: false,
    openedAt: now - 12 * MINUTE,
    changedAt: now,
    presence: 'here',
    windowUntil: now + 20 * HOUR,
    nudge: false,
    unanswered: 0,
    ...more,
  }
}

export function aQueue(): QueueEntry[] {
  const now = Date.now()
  return [
    aCase('40718263', { urgency: 'now', need: 'shelter', openedAt: now - 4 * MINUTE, language: 'ar' }),
    aCase('55120934', { urgency: 'within72h', openedAt: now - 31 * MINUTE, presence: 'away' }),
    aCase('61003377', {
      urgency: 'young',
      need: 'feelings',
      area: '',
      windowUntil: now + HOUR,
      language: 'fr',
    }),
    aCase('70554121', {
      need: 'legal',
      area: 'Luma Camp',
      openedAt: now - 95 * MINUTE,
      windowUntil: undefined,
    }),
    aCase('88210045', { state: 'active', holder: BRUNO as AccountId, need: 'money', unanswered: 1 }),
  ]
}

export const PHRASES: Phrase[] = [
  {
    id: 'hello',
    group: 'Beginning',
    text: 'Hola, estoy aquí. Escriba a su ritmo.',
    meaning: 'Hello, I am here. Write at your pace.',
  },
  {
    id: 'safe',
    group: 'Beginning',
    text: '¿Es un buen momento para escribir?',
    meaning: 'Is this a good moment to write?',
  },
  {
    id: 'believe',
    group: 'Listening',
    text: 'Le creo. No es culpa suya.',
    meaning: 'I believe you. It is not your fault.',
  },
  {
    id: 'choose',
    group: 'Listening',
    text: 'Usted decide qué hacer y cuándo.',
    meaning: 'You decide what to do, and when.',
  },
]

export const ARABIC_PHRASES: Phrase[] = [
  {
    id: 'hello',
    group: 'البداية',
    text: 'مرحباً، أنا هنا. اكتبي على مهلك.',
    meaning: 'Hello, I am here. Write at your pace.',
  },
  {
    id: 'believe',
    group: 'الإصغاء',
    text: 'أصدقك. الذنب ليس ذنبك.',
    meaning: 'I believe you. It is not your fault.',
  },
]

export const SERVICES: ServiceRow[] = [
  {
    id: 'portavel-clinic',
    name: 'Portavel Health Centre',
    kind: 'Health care',
    area: 'Portavel',
    card: 'Portavel Health Centre\n1 Example Quay\nMonday to Friday 8:00 to 17:00\n+999 000 0004\nFree. You need no papers.',
    verifiedOn: '2026-09-01',
  },
  {
    id: 'luma-space',
    name: 'Luma Women’s Space',
    kind: 'Safe space',
    area: 'Luma Camp',
    card: 'Luma Women’s Space\nBlock 4, by the water point\nEvery day 9:00 to 16:00\nFree.',
    verifiedOn: '2026-08-20',
  },
]

export function aBoard(): Board {
  const days = Array.from({ length: 30 }, (_, back) => {
    const opened = 3 + ((back * 7) % 9)
    const day = new Date(Date.UTC(2026, 9, 28) + back * 24 * HOUR).toISOString().slice(0, 10)
    const medians =
      opened < 4
        ? {}
        : { medianToClaimMs: (4 + ((back * 5) % 13)) * MINUTE, medianToCloseMs: (30 + back) * MINUTE }
    return { day, opened, closed: Math.max(0, opened - (back % 3)), ...medians }
  })
  return { waiting: 4, active: 6, oldestWaitingMs: 95 * MINUTE, colleagues: COLLEAGUES, days }
}

export function someMonths(month = '2026-09'): Months {
  const areas = ['', 'Portavel', 'Almar Coast']
  return {
    months: ['2026-09', '2026-08', '2026-07'],
    month,
    contacts: [
      { month: '2026-07', total: 410 },
      { month: '2026-08', total: null },
      { month: '2026-09', total: 705 },
    ],
    tables: [
      {
        measure: 'contact',
        rows: ['en', 'ar', 'es'],
        areas,
        cells: [
          [300, 120, 45],
          [40, 30, null],
          [80, 25, null],
        ],
        rowTotals: [485, 90, null],
        sums: { all: 705, areas: [420, 175, null] },
      },
      {
        measure: 'topic',
        rows: ['safety', 'health', 'feelings', 'services', 'rights', 'livelihood', 'aidworkers', 'learning'],
        areas: [],
        cells: Array.from({ length: 8 }, () => []),
        rowTotals: [210, 125, 60, 330, 95, 40, null, 15],
      },
      {
        measure: 'gap',
        rows: ['shelter', 'childcare'],
        areas: ['', 'Portavel'],
        cells: [
          [null, 20],
          [15, null],
        ],
        rowTotals: [35, 20],
      },
      { measure: 'answered', rows: [], areas: [], cells: [], rowTotals: [], sums: { all: null, areas: [] } },
    ],
  }
}

export const ACCOUNTS = {
  accounts: [
    {
      id: AMAL,
      name: 'Amal',
      role: 'administrator',
      disabled: false,
      passkeys: 2,
      hasPassword: false,
      lastDay: '2026-11-26',
    },
    {
      id: BRUNO,
      name: 'Bruno',
      role: 'caseworker',
      disabled: false,
      passkeys: 1,
      hasPassword: true,
      lastDay: '2026-11-25',
    },
    {
      id: 'dalia-dalia-dalia-dali',
      name: 'Dalia',
      role: 'supervisor',
      disabled: true,
      passkeys: 0,
      hasPassword: true,
      lastDay: '2026-10-02',
    },
  ],
  invites: [{ id: 'one', name: 'Emeka', role: 'caseworker', until: Date.UTC(2026, 10, 27, 9) }],
}

export const AUDIT = Array.from({ length: 12 }, (_, back) => ({
  seq: 12 - back,
  hour: `2026-11-26 ${String(20 - back).padStart(2, '0')}:00`,
  actor: back % 3 === 0 ? 'Bruno' : 'Amal',
  verb: ['case.claim', 'case.write', 'session.start'][back % 3] ?? '',
  subject: back % 3 === 2 ? '' : '40718263',
  outcome: 'done',
  seal: `${back}f3a 91c2 7d0${back % 10} 44be e812`.slice(-24),
}))

export function anAccess(passkeys = 2): OwnAccess {
  const now = Date.now()
  return {
    passkeys: [
      { id: 'one', transports: ['internal', 'hybrid'] },
      { id: 'two', transports: ['usb', 'nfc'] },
    ].slice(0, passkeys),
    hasPassword: false,
    sessions: [
      { id: 'here', began: now - HOUR, lastSeen: now, isThis: true },
      { id: 'there', began: now - 3 * HOUR, lastSeen: now - 20 * MINUTE, isThis: false },
    ],
  }
}
