import { describe, expect, it } from 'vitest'
import { atMenu, chat, englishEngine } from '../conversation/english-engine.ts'

/** The acceptance list of reference section 9, as far as it is about what is said in which order. */
const engine = await englishEngine()

describe('what is said before what', () => {
  it('asks first whether it is safe to read, and names nothing', () => {
    const talk = chat(engine)
    expect(talk.page).toBe('welcome.safeNow')
    expect(talk.text).not.toMatch(/violen|abuse|rape|surviv|traffick|police|migra/iu)
  })

  it.each(['whatsapp', 'telegram'] as const)(
    'tells how to leave and what stays (%s) before any topic',
    (look) => {
      const talk = chat(engine, look)
      talk.says('yes')
      expect(talk.page).toBe('welcome.leaving')
      expect(talk.text).toContain('exit')
      expect(talk.text).toContain('blue cup')
      if (look === 'whatsapp') expect(talk.text).toMatch(/cannot remove messages from your phone/u)
      else expect(talk.text).toMatch(/at most 2 days old/u)
    },
  )

  it('keeps topics waiting until then, even when asked by name', () => {
    for (const text of ['menu', 'passport', 'asdfgh', 'my husband beats me']) {
      const talk = chat(engine)
      talk.says(text)
      expect(talk.page?.startsWith('welcome.'), text).toBe(true)
    }
  })

  it('answers a disclosure first with an acknowledgement, and goes on to its topic after the opening', () => {
    const talk = chat(engine)
    talk.says('he raped me')
    expect(talk.page).toBe('welcome.heard')
    talk.presses('yes')
    talk.presses('next')
    expect(talk.page).toBe('health.safeNow')
  })

  it('confirms what was read, and "carry on" resumes exactly where she was', () => {
    const talk = atMenu(engine)
    for (const choice of ['rights', 'documents']) talk.presses(choice)
    const before = talk.text
    talk.says('my husband beats me')
    expect(talk.page).toBe('heard.clear')
    talk.presses('carryOn')
    expect(talk.page).toBe('rights.documents')
    expect(talk.text).toBe(before)
  })

  it('asks whether it is about someone else when the words say so', () => {
    const talk = atMenu(engine)
    talk.says('her husband beats my sister')
    expect(talk.page).toBe('heard.other')
    talk.presses('other')
    expect(talk.page).toBe('friend.start')
  })

  it('leads to the menu and a person after two messages that were not understood, without an error word', () => {
    const talk = atMenu(engine)
    talk.says('qwrtz plmk')
    expect(talk.page).toBe('heard.unclear')
    talk.says('zzkw vbnm')
    expect(talk.page).toBe('menu.withPerson')
    expect(talk.choices).toContain('talk')
    expect(talk.choices).toContain('menu')
  })

  it('tells of the duty to report before anything about an aid worker is told, on every way to a person', () => {
    const talk = atMenu(engine)
    for (const choice of ['more', 'aidworkers', 'notice', 'goOn']) talk.presses(choice)
    expect(talk.page).toBe('talk.aidNotice')
    expect(talk.text).toMatch(/cannot promise to keep this secret/u)
    expect(talk.choices).toContain('anonymous')
  })

  it('tells a young person of it too before a person is asked', () => {
    const talk = atMenu(engine)
    for (const choice of ['more', 'young', 'talk']) talk.presses(choice)
    expect(talk.page).toBe('talk.youngNotice')
  })

  it('shows the notice for people without papers before any police contact', () => {
    const talk = atMenu(engine)
    for (const choice of ['services', 'more', 'report']) talk.presses(choice)
    expect(talk.page).toBe('services.policeFirst')
    expect(talk.text).toMatch(/no papers.*without giving your name/u)
  })

  it('opens a case only after yes, line by line, and no costs nothing', () => {
    const talk = atMenu(engine)
    talk.presses('talk')
    const seen: unknown[] = []
    for (const choice of ['next', 'next', 'next', 'yes', 'feelings', 'usual', 'no']) {
      const step = talk.presses(choice)
      seen.push(...step.effects)
    }
    expect(seen).toEqual([])
    const last = talk.presses('skip')
    expect(last.effects).toMatchObject([
      { kind: 'openCase', request: { need: 'feelings', urgency: 'usual', nudge: false, checkPhrase: null } },
    ])
    const refused = atMenu(engine)
    for (const choice of ['talk', 'next', 'next', 'next', 'no']) refused.presses(choice)
    expect(refused.page).toBe('talk.declined')
    expect(refused.choices).toContain('menu')
  })

  it('says that nobody can answer before it asks for consent', () => {
    for (const [desk, page] of [
      ['none', 'talk.none'],
      ['closed', 'talk.closed'],
    ] as const) {
      const talk = atMenu(engine, 'whatsapp', { desk })
      talk.presses('talk')
      expect(talk.page).toBe(page)
      expect(talk.text).toMatch(/999/u)
    }
  })
})

describe('the first minutes', () => {
  it('go on with a plain yes, ok or next as with the button', () => {
    for (const word of ['yes', 'ok', 'next', 'go on', 'I understand', '1']) {
      const talk = chat(engine)
      talk.says('yes')
      talk.says(word)
      expect(talk.page, word).toBe('menu.start')
    }
  })

  it('come before the menu for whoever came in through urgent help', () => {
    const talk = chat(engine)
    talk.says('he is going to kill me')
    talk.says('menu')
    expect(talk.page).toBe('welcome.leaving')
    talk.presses('next')
    expect(talk.page).toBe('menu.start')
  })

  it('answer a person who tells of her partner by believing her, before any plan', () => {
    const talk = atMenu(engine)
    talk.says('my husband beats me')
    talk.presses('yes')
    expect(talk.page).toBe('safety.believed')
    expect(talk.text).toMatch(/^I believe you. It is not your fault/u)
  })
})

describe('a button of an earlier message', () => {
  it('goes on from its own page', () => {
    const talk = atMenu(engine)
    talk.presses('rights')
    const step = talk.step(engine.pressed('menu.start:health', talk.conversation, talk.moment))
    expect(step.page).toBe('health.safeNow')
  })

  it('never erases, consents or opens a case', () => {
    const talk = atMenu(engine)
    for (const id of [
      'privacy.wipeConfirm:yes',
      'talk.ask:yes',
      'talk.phrase:skip',
      'settings.ownWord:forget',
    ]) {
      const step = talk.step(engine.pressed(id, talk.conversation, talk.moment))
      expect(step.effects).toEqual([])
      expect(step.page).toBe('menu.start')
    }
  })

  it.each([
    'gone.page:yes',
    '',
    ':',
    'health',
    'a'.repeat(100_000),
    'menu.start:nothing',
    'services.area:=NOWHERE',
  ])('that means nothing any more shows the page again', (id) => {
    const talk = atMenu(engine)
    const step = talk.step(engine.pressed(id, talk.conversation, talk.moment))
    expect(step.message?.text.length).toBeGreaterThan(0)
    expect(step.effects.filter(({ kind }) => kind !== 'count')).toEqual([])
  })
})

describe('under cover', () => {
  it('answers everything with an ordinary line, and only the taught words lead back', () => {
    const talk = atMenu(engine)
    talk.presses('health')
    talk.says('exit')
    for (const text of ['hello', 'menu', 'help', 'he is going to kill me', '1', 'talk']) {
      talk.says(text)
      expect(talk.page, text).toBe('cover.line')
    }
    talk.says('Blue cup')
    expect(talk.page).toBe('welcome.safeNow')
    talk.says('yes')
    expect(talk.page).toBe('menu.start')
    expect(talk.conversation.context.trail).toEqual([])
  })

  it('shows the same line to everyone in the same minute', () => {
    const one = atMenu(engine)
    const two = atMenu(engine, 'telegram')
    two.presses('rights')
    for (const talk of [one, two]) talk.step({ type: 'exit', lang: 'en' })
    const moment = { ...one.moment, now: one.moment.now + 3_600_000 }
    one.moment = moment
    two.moment = moment
    expect(one.step({ type: 'unclear' }).message).toEqual(two.step({ type: 'unclear' }).message)
    expect(one.text).toBe(engine.coverLine('en', moment.now).text)
  })
})
