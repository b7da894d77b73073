import { describe, expect, it } from 'vitest'
import { atMenu, englishEngine } from '../conversation/english-engine.ts'

/** The table of reference 2.1: what each answer must mention, and what it must not say. */
const engine = await englishEngine()

function atQuestion() {
  const talk = atMenu(engine)
  talk.presses('health')
  talk.presses('yes')
  expect(talk.page).toBe('health.howLong')
  return talk
}

const ALWAYS = [/even if you washed/u, /bring someone/u, /refuse any part/u]
const NEVER = [/too late/iu, /must go to the police/iu, /hours left/iu, /36/u]

const TABLE = [
  {
    choice: 'day',
    page: 'health.within24h',
    must: [/now/u, /HIV/u, /prevent a pregnancy/u, /hepatitis B/u, /injuries/u, /proof is your choice/u],
    mustNot: [],
  },
  {
    choice: 'threeDays',
    page: 'health.within72h',
    must: [/HIV can be started today/u, /prevent a pregnancy/u, /hepatitis B/u, /infections/u],
    mustNot: [/\d+ hours/u],
  },
  {
    choice: 'fiveDays',
    page: 'health.within120h',
    must: [
      /prevent a pregnancy can still/u,
      /infections/u,
      /hepatitis B/u,
      /pregnancy test/u,
      /HIV test and advice/u,
    ],
    mustNot: [/medicine against HIV/iu],
  },
  {
    choice: 'longer',
    page: 'health.later',
    must: [
      /Care still matters/u,
      /infections/u,
      /hepatitis B/u,
      /tetanus/u,
      /possible in this country/u,
      /talk to/u,
    ],
    mustNot: [/prevent a pregnancy/u, /medicine against HIV/iu],
  },
  {
    choice: 'unsure',
    page: 'health.unsure',
    must: [/first 3 to 5 days, so go soon/u, /HIV/u, /prevent a pregnancy/u, /hepatitis B/u],
    mustNot: [/only if/u],
  },
]

describe('the time windows of care', () => {
  it.each(TABLE)('$choice leads to $page, which says what it must', ({ choice, page, must, mustNot }) => {
    const talk = atQuestion()
    talk.presses(choice)
    expect(talk.page).toBe(page)
    for (const words of [...must, ...ALWAYS]) expect(talk.text).toMatch(words)
    for (const words of [...mustNot, ...NEVER]) expect(talk.text).not.toMatch(words)
  })

  it.each([
    [0, 'health.within24h'],
    [23, 'health.within24h'],
    [24, 'health.within72h'],
    [72, 'health.within72h'],
    [73, 'health.within120h'],
    [120, 'health.within120h'],
    [121, 'health.later'],
    [100_000, 'health.later'],
  ])('%i hours lead to %s: 72 and 120 hours count as inside', (hours, page) => {
    const talk = atQuestion()
    talk.step({ type: 'elapsed', hours })
    expect(talk.page).toBe(page)
  })

  it.each([
    ['72 hours', 'health.within72h'],
    ['3 days ago', 'health.within72h'],
    ['five days', 'health.within120h'],
    ['6 days', 'health.later'],
    ['2 hours', 'health.within24h'],
  ])('a typed "%s" leads to %s', (text, page) => {
    const talk = atQuestion()
    talk.says(text)
    expect(talk.page).toBe(page)
  })

  it('can be skipped, and never asks for a date', () => {
    const talk = atQuestion()
    expect(talk.text).not.toMatch(/date|when exactly/iu)
    talk.presses('unsure')
    expect(talk.page).toBe('health.unsure')
  })

  it('says that no police report is needed only where the pack has it with a source', async () => {
    const known = atQuestion()
    known.presses('day')
    known.presses('told')
    expect(known.text).toMatch(/do not need a police report/u)

    const { demoDirectory } = await import('../directory/demo.ts')
    const directory = { ...(await demoDirectory()), states: () => false }
    const silent = atMenu(await englishEngine({ directory }))
    for (const choice of ['health', 'yes', 'day', 'told']) silent.presses(choice)
    expect(silent.text).toMatch(
      /health staff must tell the police. You can ask them before you say what happened/u,
    )
    expect(silent.text).not.toMatch(/do not need a police report/u)
  })
})
