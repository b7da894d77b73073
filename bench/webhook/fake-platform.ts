import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { personOf } from './wires.ts'

/**
 * Both platforms' sending side, as fast as a bench needs it: it checks nothing, answers every call with what the
 * platform would, and tells who got which text. A call that sends no message to a person (a read mark, the end of a
 * spinner, the webhook's setting) is answered and not told.
 */
export interface FakePlatform {
  address: string
}

/** `id`: the platform's own for the message. */
export type Arrived = (person: number, text: string, id: string) => void

interface Sent {
  chat_id?: number | string
  text?: string | { body?: string }
  to?: string
  recipient?: string
  interactive?: { body?: { text?: string } }
}

const ME = {
  id: 1_000_000_001,
  is_bot: true,
  first_name: 'Bench',
  username: 'bench_bot',
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
}

export function startFakePlatform(arrived: Arrived): Promise<FakePlatform> {
  let messages = 0

  function telegram(method: string, sent: Sent): string {
    if (method === 'getMe') return JSON.stringify({ ok: true, result: ME })
    if (method === 'getUpdates') return '{"ok":true,"result":[]}'
    if (method !== 'sendMessage') return '{"ok":true,"result":true}'
    const text = typeof sent.text === 'string' ? sent.text : ''
    messages += 1
    arrived(personOf.telegram(sent.chat_id ?? 0), text, String(messages))
    return `{"ok":true,"result":{"message_id":${messages},"date":1800000000,"chat":{"id":${sent.chat_id},"type":"private"},"text":${JSON.stringify(text)}}}`
  }

  function whatsapp(sent: Sent): string {
    const to = sent.to ?? sent.recipient
    if (to === undefined) return '{"success":true}'
    const plain = typeof sent.text === 'object' ? sent.text.body : undefined
    messages += 1
    const id = `wamid.YmVuY2gtcmVwbHktb2YtdGhpcy1ydW4t${messages}`
    arrived(personOf.whatsapp(to), plain ?? sent.interactive?.body?.text ?? '', id)
    return `{"messaging_product":"whatsapp","contacts":[{"input":"${to}","wa_id":"${to}"}],"messages":[{"id":"${id}"}]}`
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      const sent = (body.startsWith('{') ? JSON.parse(body) : {}) as Sent
      const url = request.url ?? ''
      const answer = url.startsWith('/bot')
        ? telegram(url.slice(url.lastIndexOf('/') + 1), sent)
        : whatsapp(sent)
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(answer),
      })
      response.end(answer)
    })
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      resolve({ address: `http://127.0.0.1:${port}` })
    })
  })
}
