import type { Happening } from '../../../flows/events.ts'
import type { Place } from '../../../flows/facts.ts'
import type { InboundContent } from '../../channels/channel.ts'
import type { Conversation } from '../../conversation/conversation.ts'
import type { Engine, Moment } from '../../conversation/engine.ts'
import type { Random } from '../../operations/environment.ts'
import { hashWord, isWord, MOST_MISSES } from './own-word.ts'

/** What a known person's message means, with her own words hashed or compared before the pure step sees them. */
export interface Heard {
  happening: Happening
  /** As given, or with one more miss at the own word. */
  conversation: Conversation
}

export async function hear(
  engine: Engine,
  random: Random,
  content: InboundContent,
  conversation: Conversation,
  moment: Moment,
): Promise<Heard> {
  switch (content.kind) {
    case 'text':
      return hearText(engine, random, content.text.reveal(), conversation, moment)
    case 'choice':
      return { happening: engine.pressed(content.id, conversation, moment), conversation }
    case 'place':
      return { happening: { type: 'place', place: coarse(content.place) }, conversation }
    case 'unsupported':
    case 'blocked':
      return { happening: { type: content.kind }, conversation }
  }
}

async function hearText(
  engine: Engine,
  random: Random,
  text: string,
  conversation: Conversation,
  moment: Moment,
): Promise<Heard> {
  const heard = engine.understand(text, conversation, moment)
  if (heard.type === 'wordGiven') return hearWord(engine, random, text, conversation, moment)
  const { state, context } = conversation
  const { ownWord, ownWordMisses } = context
  if (heard.type === 'comeBack' && ownWordMisses > 0)
    return { happening: heard, conversation: withMisses(conversation, 0) }
  if (state !== 'cover' || heard.type !== 'unclear' || ownWord === null || ownWordMisses >= MOST_MISSES)
    return { happening: heard, conversation }
  if (await isWord(text, ownWord))
    return { happening: { type: 'comeBack' }, conversation: withMisses(conversation, 0) }
  return { happening: heard, conversation: withMisses(conversation, ownWordMisses + 1) }
}

/** A page asked for words of her own: to keep their hash, or to compare them with the phrase that was agreed. */
async function hearWord(
  engine: Engine,
  random: Random,
  text: string,
  conversation: Conversation,
  moment: Moment,
): Promise<Heard> {
  if (engine.here(conversation, moment).asks !== 'phraseAgain')
    return { happening: { type: 'secret', secret: await hashWord(text, random) }, conversation }
  const { checkPhrase, ownWordMisses } = conversation.context
  if (checkPhrase === null || ownWordMisses >= MOST_MISSES)
    return { happening: { type: 'phraseWrong' }, conversation }
  return (await isWord(text, checkPhrase))
    ? { happening: { type: 'phraseRight' }, conversation: withMisses(conversation, 0) }
    : { happening: { type: 'phraseWrong' }, conversation: withMisses(conversation, ownWordMisses + 1) }
}

function withMisses(conversation: Conversation, ownWordMisses: number): Conversation {
  return { ...conversation, context: { ...conversation.context, ownWordMisses } }
}

/** About one kilometre: enough for the nearest clinic, too little for a door. */
export function coarse({ lat, lon }: Place): Place {
  return { lat: Math.round(lat * 100) / 100, lon: Math.round(lon * 100) / 100 }
}
