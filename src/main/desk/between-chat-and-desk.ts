import type { Engine } from '../../conversation/engine.ts'
import type { CaseLink, ChatSide, Delivery, ToPerson } from '../../handoff/handoff.ts'
import type { Clock } from '../../operations/environment.ts'
import { sensitive } from '../../privacy/sensitive.ts'
import type { CaseId, EntryId } from '../../storage/cases.ts'
import type { DeskTurn } from '../../turns/from-desk.ts'
import type { Turns } from '../../turns/turns.ts'
import type { DeliverParts } from '../../turns/courier/deliver.ts'
import { packAndService } from './desk-ports.ts'

/**
 * Carries what a turn has for the desk to the handoff, and what happens at the desk into a turn of her conversation. The
 * ids of outbox items and of entries go along, so that whatever is carried twice is done once.
 */
const WINDOW_MS = 24 * 3_600_000

export function toDesk(
  handoff: () => ChatSide,
  turns: () => Pick<Turns, 'fromDesk'>,
): NonNullable<DeliverParts['toDesk']> {
  return async ({ id: item, conversation, keyId, parcel }) => {
    const { desk, channel, look, address } = parcel
    if (desk === undefined) return
    const id = item as string as EntryId
    const of = desk.case as CaseId
    switch (desk.kind) {
      case 'opened': {
        const link: CaseLink = { conversation, key: keyId, channel, look, address }
        const opened = await handoff().opened({
          id,
          case: of,
          link,
          request: desk.request,
          at: desk.at,
          ...windowOf(look, desk.at),
        })
        if (opened.kind === 'refused' || opened.kind === 'gone' || opened.case === of) return
        await turns().fromDesk(link, of, { id: `is/${id}`, happening: { type: 'caseIs', case: opened.case } })
        return
      }
      case 'said':
        await handoff().personWrote({
          id,
          case: of,
          text: sensitive(desk.text),
          at: desk.at,
          ...windowOf(look, desk.at),
        })
        return
      case 'presence':
        await handoff().presence({
          id,
          case: of,
          presence: desk.presence,
          at: desk.at,
          ...(desk.presence === 'here' ? windowOf(look, desk.at) : {}),
        })
        return
      case 'delivered':
        await handoff().delivered({ case: of, entry: desk.entry as EntryId, delivery: desk.delivery })
        return
      case 'ended':
        // She took it back or ended the talk: nothing of it stays with us either.
        await handoff().withdraw(of, keyId)
    }
  }
}

/** WhatsApp takes our messages for so long after her last one; Telegram always. */
function windowOf(look: string, at: number): { windowUntil?: number } {
  return look === 'whatsapp' ? { windowUntil: at + WINDOW_MS } : {}
}

export function toPerson(
  turns: () => Pick<Turns, 'fromDesk'>,
  { engine, clock }: { engine: Engine; clock: Clock },
): ToPerson {
  const wrote = async (link: CaseLink, id: CaseId, entry: EntryId, reply: string): Promise<Delivery> =>
    DELIVERY[await turns().fromDesk(link, id, { id: entry, happening: { type: 'caseworkerWrote' }, reply })]
  return {
    async claimed(link, id, notice, { waited, area }) {
      await turns().fromDesk(link, id, { id: notice, happening: { type: 'caseClaimed', waited, area } })
    },
    wrote,
    card(link, id, entry, service) {
      const { pack, service: known } = packAndService(service)
      const language = engine.firstLanguage
      return wrote(link, id, entry, engine.card(known, { pack, language }, clock.now()))
    },
    async ended(link, id, why, notice) {
      await turns().fromDesk(link, id, { id: notice, happening: { type: 'caseEnded', why } })
    },
  }
}

/** What is on its way is called shown when the platform has taken it: `delivered` says so then. */
const DELIVERY: Readonly<Record<DeskTurn, Delivery>> = {
  sending: 'waiting',
  waiting: 'waiting',
  gone: 'notTaken',
}
