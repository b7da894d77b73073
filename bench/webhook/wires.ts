import { createHmac } from 'node:crypto'

/** What the two platforms send to a webhook when a person writes, as their documentation shows it. */
export interface Wire {
  path: string
  /** `event` never repeats; `person` is a whole number below a million. */
  message(person: number, event: number, word: string): Call
}

export interface Call {
  headers: Record<string, string>
  body: string
}

export type WireName = 'whatsapp' | 'telegram'

export const BOT_TOKEN = '1000000001:AAbenchbenchbenchbenchbenchbenchbench'
export const BOT_SECRET = 'bench-secret_bench-secret_bench-secret'
export const APP_SECRET = 'b3'.repeat(16)
export const PHONE_NUMBER_ID = '100000000000001'

/** An address is this and the person: nobody's number, since no country has the code 999. */
const FIRST_NUMBER = 999_000_000_000
const FIRST_CHAT = 7_000_000_000

/** Who a reply is for: the person behind `to`, `recipient` or `chat_id`. */
export const personOf = {
  whatsapp: (address: string) => Number(address.replace(/^\D+/u, '')) - FIRST_NUMBER,
  telegram: (chat: number | string) => Number(chat) - FIRST_CHAT,
}

/** The settings of a Lantern that serves WhatsApp at `apiUrl`. */
export const whatsappSettings = (apiUrl: string) => ({
  NODE_ENV: 'development',
  WHATSAPP_ACCESS_TOKEN: 'b'.repeat(200),
  WHATSAPP_APP_SECRET: APP_SECRET,
  WHATSAPP_VERIFY_TOKEN: 'bench-verify-token-0123456789',
  WHATSAPP_PHONE_NUMBER_ID: PHONE_NUMBER_ID,
  WHATSAPP_API_URL: apiUrl,
  WHATSAPP_GRAPH_VERSION: 'v25.0',
})

const seconds = () => Math.floor(Date.now() / 1000)

/** What WhatsApp reports of a message that was sent. */
export function whatsappStatus(person: number, id: string, status: 'sent' | 'delivered' | 'read'): Call {
  const number = String(FIRST_NUMBER + person)
  const recipient = { recipient_id: number, recipient_user_id: `US.${number}` }
  return whatsappCall({ statuses: [{ id, status, timestamp: String(seconds()), ...recipient }] })
}

function whatsappCall(content: object): Call {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '999000000000', phone_number_id: PHONE_NUMBER_ID },
    ...content,
  }
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '100000000000002', changes: [{ value, field: 'messages' }] }],
  })
  const signature = createHmac('sha256', APP_SECRET).update(body).digest('hex')
  return {
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  }
}

export const WIRES: Readonly<Record<WireName, Wire>> = {
  whatsapp: {
    path: '/webhooks/whatsapp',
    message(person, event, word) {
      const number = String(FIRST_NUMBER + person)
      const userId = `US.${number}`
      return whatsappCall({
        contacts: [{ profile: { name: 'A' }, wa_id: number, user_id: userId }],
        messages: [
          {
            from: number,
            from_user_id: userId,
            id: `wamid.${Buffer.from(`bench-message-of-this-run-${event}`).toString('base64')}`,
            timestamp: String(seconds()),
            text: { body: word },
            type: 'text',
          },
        ],
      })
    },
  },
  telegram: {
    path: '/webhooks/telegram',
    message(person, event, word) {
      const id = FIRST_CHAT + person
      const body = JSON.stringify({
        update_id: 100_000_000 + event,
        message: {
          message_id: event + 1,
          from: { id, is_bot: false, first_name: 'A', language_code: 'en' },
          chat: { id, first_name: 'A', type: 'private' },
          date: seconds(),
          text: word,
        },
      })
      return {
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': BOT_SECRET },
        body,
      }
    },
  },
}
