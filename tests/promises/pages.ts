/**
 * The bot's own pages on what it keeps and does, each with the tests that hold what it says: file and title. A page that
 * only asks something says `asks`.
 */
type Held = readonly [file: string, title: string]

const LEAVES: Held = [
  'tests/turns/turns.test.ts',
  'cancels everything that waits: only the harmless line leaves',
]
const DELETES: Held = [
  'tests/turns/turns.test.ts',
  'deletes the messages of both sides first on Telegram, and those of the last 48 hours only',
]
const CANNOT: Held = [
  'tests/channels/whatsapp/send.test.ts',
  'nothing can be deleted, and nobody is asked to',
]
const COMES_BACK: Held = [
  'tests/flows/promises-of-the-words.test.ts',
  'answers everything with an ordinary line, and only the taught words lead back',
]
const IDLE: Held = [
  'tests/turns/retention.test.ts',
  'is erased after a day without a message, and not a minute earlier',
]
const DROPPED: Held = [
  'tests/promises/what-we-could-hand-over.test.ts',
  'holds of a person what can be shown while it runs, and nothing after she erased',
]
const OWN_KEY: Held = [
  'tests/promises/what-we-could-hand-over.test.ts',
  'is bytes that nobody can read once the key is gone, with the rows still there',
]
const NUMBERS: Held = ['tests/promises/pages.test.ts', 'name the hours and days that are set']
const CASE_DAYS: Held = [
  'tests/handoff/withdrawing.test.ts',
  'is erased, key first: a closed case after seven days and not before',
]
const COUNTS: Held = [
  'tests/promises/counters.test.ts',
  'are a strength, a language and a week, or a row of the statistics, an area and a month, and nothing else',
]
const ASKS_ONCE: Held = [
  'tests/flows/from-everywhere.test.ts',
  '%s (%s): the wipe word asks once and then wipes',
]
const FINAL: Held = [
  'tests/privacy/wiped-record.test.ts',
  'reads none of the wiped with the vault and root key of afterwards, and all of the others',
]
const WIPES_CASE: Held = [
  'tests/turns/desk.test.ts',
  'erases the case with the conversation, key first, and is not told "done" when that fails',
]
const ONE_LINE: Held = [
  'tests/turns/wipe.test.ts',
  'goes in the order that is safe: chat, key, rows, and only then one ordinary line',
]
const CONSENT: Held = [
  'tests/flows/promises-of-the-words.test.ts',
  'opens a case only after yes, line by line, and no costs nothing',
]
const TAKES_BACK: Held = ['tests/flows/with-a-caseworker.test.ts', 'tells the desk when she takes it back']
const ENDS: Held = ['tests/flows/with-a-caseworker.test.ts', 'ends the talk, and the bot speaks again']
const URGENT: Held = ['tests/turns/turns.test.ts', 'is answered danger at once']

export const PAGES: Readonly<Record<string, readonly Held[] | 'asks'>> = {
  'welcome.language': 'asks',
  'welcome.country': 'asks',
  'welcome.safeNow': 'asks',
  'welcome.heard': 'asks',
  'welcome.notNow': 'asks',
  'welcome.leaving': [LEAVES, DELETES, CANNOT, COMES_BACK, URGENT, FINAL],
  'welcome.kept': [IDLE, DROPPED, OWN_KEY, NUMBERS, FINAL],
  'privacy.start': 'asks',
  'privacy.kept': [IDLE, DROPPED, OWN_KEY, NUMBERS, CASE_DAYS, COUNTS],
  'privacy.exit': [LEAVES, DELETES, CANNOT, COMES_BACK],
  'privacy.wipe': [ASKS_ONCE, FINAL, DELETES, CANNOT],
  'privacy.platform': [CANNOT, DELETES],
  'privacy.clear': [CANNOT],
  'privacy.wipeConfirm': [FINAL, WIPES_CASE, ONE_LINE, DELETES],
  'privacy.wipeFailed': [
    [
      'tests/turns/wipe.test.ts',
      'is never acknowledged when the key could not be destroyed, and can be asked for again',
    ],
  ],
  'talk.none': [
    ['tests/flows/promises-of-the-words.test.ts', 'says that nobody can answer before it asks for consent'],
  ],
  'talk.closed': [
    ['tests/flows/desk-hours.test.ts', 'out of hours it is said before anything is agreed to: %s'],
    ['tests/flows/desk-hours.test.ts', 'with nobody on shift inside the hours, no hour is promised'],
  ],
  'talk.aidNotice': [
    [
      'tests/flows/promises-of-the-words.test.ts',
      'tells of the duty to report before anything about an aid worker is told, on every way to a person',
    ],
  ],
  'talk.youngNotice': [
    ['tests/flows/promises-of-the-words.test.ts', 'tells a young person of it too before a person is asked'],
  ],
  'talk.explain': [CONSENT],
  'talk.theySee': [
    [
      'tests/handoff/opening.test.ts',
      'shows in the queue what was agreed to, and neither her conversation nor her check phrase',
    ],
    ['tests/turns/desk.test.ts', 'gives the desk neither an address nor what was said to the bot'],
  ],
  'talk.limits': [['tests/promises/pages.test.ts', 'name the limits of a talk before consent is asked']],
  'talk.ask': [
    CASE_DAYS,
    NUMBERS,
    WIPES_CASE,
    ['tests/turns/desk.test.ts', 'reads nothing of it after an exit, and the desk learns that she left'],
  ],
  'talk.more': [CONSENT, WIPES_CASE],
  'talk.need': 'asks',
  'talk.soon': 'asks',
  'talk.nudge': [
    ['tests/flows/with-a-caseworker.test.ts', 'but one plain line, once, when she allowed it'],
    [
      'tests/flows/with-a-caseworker.test.ts',
      'to a person who has been away for more than ten minutes: it waits, and no line goes out',
    ],
  ],
  'talk.phrase': [
    [
      'tests/flows/with-a-caseworker.test.ts',
      'until she is back, has said that it is safe, and has written her phrase after a long pause',
    ],
  ],
  'talk.sent': [
    ['tests/turns/desk.test.ts', 'keeps her call for help when she leaves before the desk has it'],
  ],
  'talk.declined': [CONSENT],
  'talk.waiting': [TAKES_BACK],
  'talk.takenBack': [TAKES_BACK],
  'talk.phraseAgain': [['tests/turns/own-word.test.ts', 'is not a near one, nor an empty one']],
  'talk.active': [
    [
      'tests/turns/desk.test.ts',
      'is told of the claim, is heard and is answered, and the bot is silent meanwhile',
    ],
  ],
  'talk.reply': 'asks',
  'talk.released': [
    ['tests/handoff/hands.test.ts', 'goes back with its urgency and its waiting time, and she is told'],
  ],
  'talk.unanswered': [
    [
      'tests/handoff/sweeping.test.ts',
      'tells desk and person once for each time that a case waits too long, and keeps it in the queue',
    ],
    TAKES_BACK,
  ],
  'talk.ended': [ENDS, ['tests/handoff/hands.test.ts', 'that is closed gives her back to the bot, once']],
}
