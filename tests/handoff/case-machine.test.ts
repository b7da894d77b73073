import { describe, expect, it } from 'vitest'
import { type CaseEvent, moveCase, type Standing } from '../../src/handoff/case-machine.ts'
import type { AccountId, CaseState } from '../../src/storage/cases.ts'

const [ada, ben, eve] = ['ada', 'ben', 'eve'] as unknown as [AccountId, AccountId, AccountId]
const at = (state: CaseState, holder?: AccountId, offeredTo?: AccountId): Standing => ({
  state,
  holder,
  offeredTo,
})

/** Ada is the holder, Ben the one whom she offers it to, Eve has nothing to do with it. */
const STANDINGS = {
  waiting: at('waiting'),
  active: at('active', ada),
  offered: at('offered', ada, ben),
  closed: at('closed'),
  withdrawn: at('withdrawn'),
} satisfies Record<CaseState, Standing>

const EVENTS = {
  'ada claims': { type: 'claim', by: ada },
  'eve claims': { type: 'claim', by: eve },
  'ada releases': { type: 'release', by: ada },
  'eve releases': { type: 'release', by: eve },
  'ada offers it to ben': { type: 'offer', by: ada, to: ben },
  'ada offers it to herself': { type: 'offer', by: ada, to: ada },
  'eve offers it to ben': { type: 'offer', by: eve, to: ben },
  'ben accepts': { type: 'accept', by: ben },
  'ada accepts': { type: 'accept', by: ada },
  'eve accepts': { type: 'accept', by: eve },
  'ben rejects': { type: 'reject', by: ben },
  'ada takes it back': { type: 'reject', by: ada },
  'eve rejects': { type: 'reject', by: eve },
  'the offer expires': { type: 'offerExpired' },
  'ada closes': { type: 'close', by: ada },
  'ben closes': { type: 'close', by: ben },
  'ada is silent': { type: 'silent' },
  'she withdraws': { type: 'withdraw' },
} satisfies Record<string, CaseEvent>

/** Every pair that leads somewhere; all others change nothing. */
const MOVES: Record<CaseState, Partial<Record<keyof typeof EVENTS, Standing>>> = {
  waiting: {
    'ada claims': at('active', ada),
    'eve claims': at('active', eve),
    'she withdraws': at('withdrawn'),
  },
  active: {
    'ada releases': at('waiting'),
    'ada offers it to ben': at('offered', ada, ben),
    'ada closes': at('closed'),
    'ada is silent': at('waiting'),
    'she withdraws': at('withdrawn'),
  },
  offered: {
    'ben accepts': at('active', ben),
    'ben rejects': at('active', ada),
    'ada takes it back': at('active', ada),
    'the offer expires': at('active', ada),
    'ada releases': at('waiting'),
    'ada closes': at('closed'),
    'she withdraws': at('withdrawn'),
  },
  closed: { 'she withdraws': at('withdrawn') },
  withdrawn: {},
}

describe.each(Object.entries(STANDINGS))('a case that is %s', (state, standing) => {
  it.each(Object.entries(EVENTS))('when %s', (name, event) => {
    const moves = MOVES[state as CaseState]
    expect(moveCase(standing, event)).toEqual(moves[name as keyof typeof EVENTS])
  })
})
