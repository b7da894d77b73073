import { emptyContext, type Look } from '../../../flows/context.ts'
import type { Facts } from '../../../flows/facts.ts'
import type { PageMeta } from '../../../flows/page.ts'
import { factsAt } from '../../conversation/facts.ts'
import type { Locale } from '../../conversation/locale.ts'
import type { Message } from '../../conversation/message.ts'
import { createRenderer } from '../../conversation/render/render.ts'
import type { Directory } from '../../directory/directory.ts'
import type { Instant } from '../../operations/environment.ts'
import { CASE_DAYS, IDLE_HOURS } from '../house.ts'

/** One page on one phone, in English and in the language that is reviewed. */
export interface Shown {
  key: string
  look: Look
  english: Message
  own: Message
}

export interface ShownWish {
  first: Locale
  locale: Locale
  pages: ReadonlyMap<string, PageMeta>
  directory: Directory
  pack: string
  now: Instant
}

/** Every page in the order of the flows; on Telegram too where its words differ there. */
export function shownPages({ first, locale, pages, directory, pack, now }: ShownWish): Shown[] {
  const page = pageIn(first, { directory, pack, now })
  const own = pageIn(locale, { directory, pack, now })
  return [...pages].flatMap(([key, meta]) => {
    const looks: Look[] = ['whatsapp', 'telegram']
    const [whatsapp, telegram] = looks.map((look) => ({
      key,
      look,
      english: page(meta, look),
      own: own(meta, look),
    }))
    if (whatsapp === undefined || telegram === undefined) return []
    return telegram.own.text === whatsapp.own.text ? [whatsapp] : [whatsapp, telegram]
  })
}

function pageIn(
  locale: Locale,
  { directory, pack, now }: { directory: Directory; pack: string; now: Instant },
) {
  const kept = { idleHours: IDLE_HOURS, caseDays: CASE_DAYS, talkElsewhere: false }
  const renderer = createRenderer(new Map([[locale.tag, locale]]), directory, kept)
  const facts: Facts = {
    ...factsAt({ directory, languages: [locale.tag], entrance: 'open' }, { now, desk: 'open' }),
    reply: '…',
  }
  const results = [...facts.search({ pack, need: 'health' })]
  return (meta: PageMeta, look: Look): Message =>
    renderer.message(
      meta,
      {
        ...emptyContext(look, locale.tag),
        languageChosen: true,
        taught: true,
        pack,
        results,
        service: results[0] ?? '',
        offers: ['health.start', 'rights.start'],
      },
      facts,
    )
}
