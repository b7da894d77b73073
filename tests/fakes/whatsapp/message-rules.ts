import { checkFields, checkLength, type Fields, may, need } from './fields.ts'
import { type GraphAnswer, isObject, type Payload, refuse } from './graph-answer.ts'
import { type Button, readInteractive } from './interactive-rules.ts'

/** What a body of `POST /{phone_number_id}/messages` may be, before it is asked who shall get it. */
export type SendKind = 'text' | 'audio' | 'button' | 'list' | 'location_request_message'

export interface Outgoing {
  to: { phone: string } | { bsuid: string }
  kind: SendKind
  text: string
  buttons: Button[]
  /** The id under which a recording was uploaded. */
  media?: string
}

export interface Receipt {
  kind: 'receipt'
  messageId: string
}

const ENVELOPE: Fields = {
  messaging_product: need('text'),
  recipient_type: may('text'),
  to: may('text'),
  recipient: may('text'),
  type: need('text'),
  text: may('object'),
  interactive: may('object'),
  context: 'not played',
  biz_opaque_callback_data: 'not played',
  category: 'not played',
  template: 'not played',
  image: 'not played',
  audio: may('object'),
  video: 'not played',
  document: 'not played',
  sticker: 'not played',
  location: 'not played',
  contacts: 'not played',
  reaction: 'not played',
}

const RECEIPT: Fields = {
  messaging_product: need('text'),
  status: need('text'),
  message_id: need('text'),
  typing_indicator: may('object'),
}

export function readMessage(body: Payload): Outgoing | Receipt | GraphAnswer {
  if (Object.hasOwn(body, 'status')) return readReceipt(body)
  const { type } = body
  if (typeof type === 'string' && type !== 'text' && type !== 'interactive' && type !== 'audio') {
    return refuse(100, 'The fake plays no type but text, audio and interactive')
  }
  const wrong = checkFields('', body, ENVELOPE) ?? checkProduct(body)
  if (wrong !== undefined) return wrong
  const to = readRecipient(body)
  if ('status' in to) return to
  const other = ['text', 'interactive', 'audio'].find((one) => one !== type && Object.hasOwn(body, one))
  if (other !== undefined) return refuse(100, `A message of this type has no field ${other}`)
  if (type === 'interactive') {
    const read = readInteractive(body['interactive'])
    return 'status' in read ? read : { to, ...read }
  }
  if (type === 'audio') {
    const audio = body['audio']
    if (!isObject(audio)) return refuse(131008, 'audio is missing')
    const bad = checkFields('audio', audio, { id: need('text'), voice: may('flag'), link: 'not played' })
    return bad ?? { to, kind: 'audio', text: '', buttons: [], media: String(audio['id']) }
  }
  const text = readText(body['text'])
  return typeof text === 'string' ? { to, kind: 'text', text, buttons: [] } : text
}

function checkProduct(body: Payload): GraphAnswer | undefined {
  if (body['messaging_product'] !== 'whatsapp') return refuse(100, 'messaging_product must be whatsapp')
  const kind = body['recipient_type']
  return kind === undefined || kind === 'individual'
    ? undefined
    : refuse(100, 'recipient_type must be individual')
}

/** Meta lets the phone win when both are given; the fake wants to know which was meant. */
function readRecipient({ to, recipient }: Payload): Outgoing['to'] | GraphAnswer {
  if ((to === undefined) === (recipient === undefined)) {
    return refuse(131008, 'Exactly one of to and recipient is wanted')
  }
  if (typeof to === 'string') {
    return /^[1-9]\d{6,14}$/.test(to) ? { phone: to } : refuse(131009, 'to must be a number of digits alone')
  }
  return typeof recipient === 'string' && /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient)
    ? { bsuid: recipient }
    : refuse(131009, 'recipient must be a business-scoped user id')
}

function readText(text: unknown): string | GraphAnswer {
  if (!isObject(text)) return refuse(131008, 'text is missing')
  const wrong =
    checkFields('text', text, { body: need('text'), preview_url: may('flag') }) ??
    checkLength('text.body', text['body'], 4096)
  if (wrong !== undefined) return wrong
  // The preview would fetch and show the image of the site that is linked.
  if (text['preview_url'] === true) return refuse(131009, 'text.preview_url must not be true here')
  return String(text['body'])
}

function readReceipt(body: Payload): Receipt | GraphAnswer {
  const wrong = checkFields('', body, RECEIPT) ?? checkProduct(body)
  if (wrong !== undefined) return wrong
  if (body['status'] !== 'read') return refuse(131009, 'status must be read')
  const typing = body['typing_indicator']
  if (isObject(typing) && (Object.keys(typing).join() !== 'type' || typing['type'] !== 'text')) {
    return refuse(131009, 'typing_indicator.type must be text')
  }
  return { kind: 'receipt', messageId: String(body['message_id']) }
}
