import { randomBytes } from 'node:crypto'
import { Pool } from 'undici'
import { PEER_PAGES } from './dialogue.ts'
import { API_URL, servePeer } from './peer-server.ts'
import { PHONE_NUMBER_ID, WIRES } from './wires.ts'

export interface FloorStore {
  read(id: string): Uint8Array | undefined | Promise<Uint8Array | undefined>
  /** Resolves when the server of the data has it, as safely as ours. */
  write(id: string, value: Buffer): Promise<void>
}

const pool = new Pool(API_URL, { connections: 16 })
/** A sealed record and a sealed message, as a turn of ours writes them. */
const ROW = randomBytes(1024 + 46 + 1024 + 46)
const PATH = `/v25.0/${PHONE_NUMBER_ID}/messages`
const HEADERS = { 'content-type': 'application/json', authorization: `Bearer ${'b'.repeat(200)}` }
const text = PEER_PAGES[0]?.text ?? ''
const rows = Array.from({ length: 8 }, (_, n) => ({
  id: `floor.page:choice${n}`,
  title: 'Find a place or line',
}))

interface Call {
  entry: [{ changes: [{ value: { messages: [{ from: string }] } }] }]
}

async function send(to: string): Promise<void> {
  const body = JSON.stringify({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to,
    type: 'interactive',
    interactive: { type: 'list', body: { text }, action: { button: 'Choose', sections: [{ rows }] } },
  })
  const answer = await pool.request({ method: 'POST', path: PATH, headers: HEADERS, body })
  await answer.body.json()
}

/**
 * The floor: the least that a durable bot does in the same process. Fastify parses the call, one row is read and one of
 * the size of ours is written, and after the commit the call is answered and a reply of the size of ours is posted. No
 * signature, no encryption, no engine, nothing looked up by its event.
 */
export async function serveFloor(store: FloorStore): Promise<void> {
  let turns = 0
  await servePeer((server) => {
    server.post<{ Body: Call }>(WIRES.whatsapp.path, async (request, reply) => {
      const { from } = request.body.entry[0].changes[0].value.messages[0]
      const row = Buffer.from((await store.read(from)) ?? ROW)
      // SQLite writes nothing when the bytes are those that lie there already.
      turns += 1
      row.writeUInt32LE(turns, 0)
      await store.write(from, row)
      void send(from)
      return reply.code(200).send()
    })
  })
}
