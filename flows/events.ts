import type { OwnSecret, Topic } from './context.ts'
import type { Facts, Place } from './facts.ts'

/** What a person meant, as `understand` reads it. No text survives into it. */
export type Understood =
  | { type: 'hello' }
  /** A choice of the page, by its id. */
  | { type: `choose.${string}` }
  /** A button of an earlier message whose page still exists: the person goes on from there. */
  | { type: 'earlier'; page: string; choice: string }
  /** A button that means nothing any more: the page is shown again. */
  | { type: 'again' }
  /** An item of the page's list, by its id without the list's prefix. */
  | { type: 'picked'; item: string }
  | { type: 'exit'; lang: string }
  | { type: 'wipe'; lang: string }
  /** Words only a person in a closed cover needs; the handler also raises it for her own word. */
  | { type: 'comeBack' }
  | { type: 'menu' }
  | { type: 'back' }
  | { type: 'language' }
  | { type: 'help' }
  | { type: 'talk' }
  | { type: 'danger'; topic: Topic; lang: string }
  | { type: 'disclosure'; tier: 2 | 3; topic: Topic; lang: string; aboutOther: boolean; negated: boolean }
  | { type: 'place'; place: Place }
  /** A place name was typed where the page asks for one. */
  | { type: 'area'; area: string }
  /** A span of time was typed where the page asks how long ago; whole hours, rounded up. */
  | { type: 'elapsed'; hours: number }
  /** She writes to the caseworker; the text goes past the flow, sealed, to the desk. */
  | { type: 'said' }
  /** What she wrote where the page asks for the phrase that she agreed on. */
  | { type: 'phraseRight' }
  | { type: 'phraseWrong' }
  /** The page asked for a word of her own; it comes hashed. */
  | { type: 'secret'; secret: OwnSecret }
  /** Nothing matched, but the search over titles and services has something near. */
  | { type: 'found'; offers: string[] }
  | { type: 'unclear' }
  /** A photo, a voice note, a sticker: never downloaded. */
  | { type: 'unsupported' }

/** What did not come from the person. */
export type FromOutside =
  /** First message after 30 minutes of silence; raised by `step` itself. */
  | { type: 'returned' }
  /** The platform says that she blocked the bot. */
  | { type: 'blocked' }
  | FromDesk

/** From the caseworkers' desk. Whether she sees anything of it now, the flow decides. */
export type FromDesk =
  /** The case has another number than the one that was asked for: that one was taken, or she has an open case already. */
  | { type: 'caseIs'; case: string }
  /** `waited`: whole minutes since she asked; `area`: what she told the desk. For the statistics alone. */
  | { type: 'caseClaimed'; waited?: number; area?: string }
  | { type: 'caseworkerWrote' }
  | { type: 'caseEnded'; why: 'closed' | 'released' | 'unanswered' }

export function isFromDesk({ type }: { type: string }): boolean {
  return type === 'caseIs' || type === 'caseClaimed' || type === 'caseworkerWrote' || type === 'caseEnded'
}

export type Happening = Understood | FromOutside

/** What the machine receives: a happening, and the world as it was at that moment. */
export type ConversationEvent = Happening & { facts: Facts }
