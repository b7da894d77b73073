/** What every person writes in this bench, one after the other; each is answered by exactly one message. */
export const WORDS = [
  'hello',
  'yes',
  'I understand',
  'health',
  'yes',
  'menu',
  'rights',
  'menu',
  'safety plan',
] as const

/** A page of the peers' dialogue: as long as ours and with four buttons. */
export interface PeerPage {
  /** What leads here from the page before. */
  word: string
  text: string
  buttons: readonly { text: string; callback_data: string }[]
}

const TEXT =
  'Here is what can be told about this, in a few plain words. Choose one of the four below, or write some words ' +
  'of your own. It is not your fault, whatever happened, and you can leave at any moment.'
const LABELS = ['Yes, go on', 'Tell me more', 'Talk to a person', 'Exit']

export const PEER_PAGES: readonly PeerPage[] = WORDS.map((word, n) => ({
  word,
  text: `Page ${n + 1} of nine. ${TEXT}`,
  buttons: LABELS.map((text, at) => ({ text, callback_data: `page${n + 1}:choice${at + 1}` })),
}))

/** The page at `n` if `word` leads to it. Throws otherwise, so that a lost state fails the bench. */
export function peerPage(n: number, word: string | undefined): PeerPage {
  const page = PEER_PAGES[n]
  if (page === undefined || page.word !== word) throw new Error('the dialogue went astray')
  return page
}

export function keyboardOf({ buttons }: PeerPage) {
  return { inline_keyboard: [buttons.slice(0, 2), buttons.slice(2)].map((row) => [...row]) }
}
