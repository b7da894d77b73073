import type { WhatsappSettings } from '../../config.ts'
import { carryOut, type Outcome } from './carry-out.ts'
import type { Dialogue } from './dialogue.ts'
import { inOneLine } from './finding.ts'
import { createGraphApi, type GraphRefusal } from './graph-api.ts'
import { readWebhook, readWhatsapp, type WhatsappFacts } from './whatsapp-facts.ts'
import { lookAtWhatsapp, refused, webhookMismatch, type WhatsappWish } from './whatsapp-state.ts'
import { webhookAddress } from './webhook-address.ts'

/** Puts the account right at Meta: the app hears the business account, and its messages come to our webhook. */
export async function setUpWhatsapp(
  settings: WhatsappSettings,
  wish: Omit<WhatsappWish, 'settings'>,
  dialogue: Dialogue,
): Promise<Outcome> {
  const api = createGraphApi(settings)
  const failed = (line: string): Outcome => ({ done: [], failed: [`WhatsApp: ${line}`], byHand: [] })
  let account = wish.account
  let read = await readWhatsapp(api, settings, account)
  if ('facts' in read && account === undefined && unclear(read.facts)) {
    account = await askAccount(dialogue)
    if (account !== undefined) read = await readWhatsapp(api, settings, account)
  }
  if ('refusal' in read) return failed(inOneLine(refused(read.refusal)))
  const { facts } = read
  const target = webhookAddress(wish.publicUrl, settings.apiUrl, 'whatsapp')
  const [only] = facts.accounts

  /** Meta's answer is believed only once it shows the same. */
  async function setWebhook() {
    if ('finding' in target) return { failed: inOneLine(target.finding), stop: false }
    const answer = await api.subscribe(facts.token.app, target.address)
    if (!answer.ok) return refusedStep(answer.refusal)
    const after = await readWebhook(api, facts.token.app)
    return !('refusal' in after) && webhookMismatch(after, target.address) === undefined
      ? 'done'
      : { failed: 'PUBLIC_URL is not what Meta shows after it was set. Run setup again.', stop: false }
  }

  async function hearAccount() {
    if (only === undefined) return refusedStep('never')
    const answer = await api.subscribeApp(only.id)
    return answer.ok ? 'done' : refusedStep(answer.refusal)
  }

  const outcome = await carryOut(
    {
      channel: 'WhatsApp',
      look: lookAtWhatsapp(facts, { ...wish, account, settings }),
      named: (step) =>
        step === 'account'
          ? 'the app hears the business account'
          : `webhook ${'address' in target ? target.address : ''} with the verify token, for messages only`,
      run: (step) => (step === 'account' ? hearAccount() : setWebhook()),
    },
    dialogue,
  )
  return { ...outcome, byHand: [...outcome.byHand, ...ALWAYS] }
}

function refusedStep(refusal: GraphRefusal): { failed: string; stop: boolean } {
  return { failed: inOneLine(refused(refusal)), stop: refusal === 'token' || refusal === 'unreachable' }
}

/** None, or several of which the app hears none. */
function unclear({ token, accounts }: WhatsappFacts): boolean {
  return (
    token.valid &&
    (accounts.length === 0 || (accounts.length > 1 && accounts.every((one) => one.subscribed !== true)))
  )
}

async function askAccount({ asks }: Dialogue): Promise<string | undefined> {
  const typed = await asks('WhatsApp: the id of the WhatsApp business account (WhatsApp Manager shows it):')
  return /^\d{3,30}$/u.test(typed) ? typed : undefined
}

const ALWAYS = [
  'WhatsApp: in WhatsApp Manager, see that the display name and the picture name nothing: they are seen on her phone.',
  'WhatsApp: ask Meta or your provider for No Storage, so that no message stays at rest there.',
  'WhatsApp: in WhatsApp Manager, set a two-step verification PIN, so that nobody else can register the number.',
]
