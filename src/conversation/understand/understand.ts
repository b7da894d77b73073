import type { Happening } from '../../../flows/events.ts'
import type { Here, WordGiven } from '../engine.ts'
import { alarmIn } from './alarm.ts'
import { choiceTyped, chosen, isWhole } from './choice.ts'
import { elapsedHours } from './elapsed.ts'
import type { Lexicon, Reading } from './lexicon.ts'
import type { TitleSearch } from './search.ts'
import type { Command } from './word-lists.ts'

/**
 * Reads one typed message as what the person means by it, in the order of DESIGN section 5: leaving and erasing first,
 * then danger, then this page's choices, then everything else. Pure: the text is used and dropped, and whatever it is,
 * nothing throws and the cost is bounded.
 */
export function understand(
  text: string,
  here: Here,
  lexicon: Lexicon,
  search: TitleSearch,
): Happening | WordGiven {
  const reading = lexicon.read(text)
  const { language } = here
  const leaving = leave(reading, language)
  if (leaving !== undefined) return leaving
  if (here.mode === 'cover') return { type: isWhole(reading, 'comeBack') ? 'comeBack' : 'unclear' }

  const danger = alarmIn(reading, [1], language)
  if (danger !== undefined) return { type: 'danger', topic: danger.topic, lang: danger.lang }

  // Everything else is for the caseworker, "menu" and "1" too; the phrase of safety alone still opens the numbers.
  if (here.asks === 'person') return isWhole(reading, 'comeBack') ? { type: 'help' } : { type: 'said' }

  const typed = choiceTyped(reading, here.choices)
  if (typed.exact !== undefined) return chosen(typed.exact, language)
  const command = commandOf(reading)
  if (typed.near !== undefined && command === undefined) return chosen(typed.near, language)

  // A command stays a command: the help words above all must never be swallowed by a page that asks for words.
  if (command === undefined && ASKS_FOR_WORDS.has(here.asks ?? '')) return { type: 'wordGiven' }
  if (here.asks === 'place') {
    const area = search.area(here.pack, text)
    if (area !== undefined) return { type: 'area', area }
  }
  if (here.asks === 'elapsed') {
    const hours = elapsedHours(reading, lexicon)
    if (hours !== undefined) return { type: 'elapsed', hours }
  }
  if (command !== undefined) return { type: command }

  const disclosure = alarmIn(reading, [2, 3], language)
  if (disclosure !== undefined && disclosure.tier !== 1) {
    const { tier, topic, lang, aboutOther, negated } = disclosure
    return { type: 'disclosure', tier, topic, lang, aboutOther, negated }
  }
  // A bare yes or no with nothing to answer is not looked up: the page simply stays.
  if (SMALL_WORDS.some((words) => isWhole(reading, words))) return { type: 'again' }
  const offers = search.near(reading.words, here)
  return offers.length > 0 ? { type: 'found', offers } : { type: 'unclear' }
}

/** The handler hashes or compares what is typed here. */
const ASKS_FOR_WORDS = new Set<string>(['ownWord', 'checkPhrase', 'phraseAgain'])

/** Wipe wins where both are asked for: it leaves as well, and asks once before it erases. */
function leave(reading: Reading, language: string): Happening | undefined {
  for (const command of ['wipe', 'exit'] as const) {
    const langs = reading.whole
      .filter(({ meaning }) => meaning.kind === 'command' && meaning.command === command)
      .map(({ lang }) => lang)
    const lang = langs.includes(language) ? language : langs[0]
    if (lang !== undefined) return { type: command, lang }
  }
  return undefined
}

const SMALL_WORDS = ['yes', 'no'] as const

const COMMANDS = ['help', 'menu', 'back', 'language', 'talk', 'hello'] as const

export function commandOf(reading: Reading): (typeof COMMANDS)[number] | undefined {
  // The come-back word is the one phrase that everyone is taught: outside the cover it opens the help page.
  if (isWhole(reading, 'comeBack')) return 'help'
  return COMMANDS.find((command: Command) => isWhole(reading, command))
}
