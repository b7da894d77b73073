import { createHmac } from 'node:crypto'
import { Pool } from 'undici'
import type { Row } from '../row.ts'
import { startServer } from '../server.ts'
import { APP_SECRET, whatsappSettings, WIRES } from './wires.ts'

/** What a body costs that is none of ours, from the first byte sent to the answer: each kind again and again, one by one. */
const TIMES = 300
const WARM = 50
const MOST_MS = 5
const MEBIBYTE = 2 ** 20

interface Bad {
  what: string
  body: string | Buffer
  signature: string
  /** What the platform is answered; what it signed is acknowledged, or it would send it again for a week. */
  status: number
}

const signed = (body: string | Buffer) =>
  `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`

function bad(): Bad[] {
  const { path: _, message } = WIRES.whatsapp
  const { body } = message(1, 1, 'hello')
  const nested = (levels: number) =>
    `{"object":"whatsapp_business_account","entry":${'['.repeat(levels)}${']'.repeat(levels)}}`
  const twice = body.replace('"entry":', '"entry":[],"entry":')
  const latin = Buffer.from(body.replace('hello', 'hall\u00f3'), 'latin1')
  return [
    { what: 'forged', body, signature: signed(`${body} `), status: 401 },
    {
      what: 'forged, 2 MiB',
      body: 'x'.repeat(2 * MEBIBYTE),
      signature: `sha256=${'0'.repeat(64)}`,
      status: 401,
    },
    { what: 'without a signature', body, signature: '', status: 401 },
    { what: 'over 3 MB', body: 'x'.repeat(4 * MEBIBYTE), signature: signed('x'), status: 413 },
    {
      what: 'truncated, signed',
      body: body.slice(0, -20),
      signature: signed(body.slice(0, -20)),
      status: 200,
    },
    { what: '50,000 levels deep', body: nested(50_000), signature: signed('x'), status: 401 },
    { what: '1,000 levels deep, signed', body: nested(1_000), signature: signed(nested(1_000)), status: 200 },
    { what: 'a key twice, signed', body: twice, signature: signed(twice), status: 200 },
    { what: 'not UTF-8, signed', body: latin, signature: signed(latin), status: 200 },
    { what: 'nonsense, signed', body: '{"a":1}', signature: signed('{"a":1}'), status: 200 },
  ]
}

export async function refusalRows(): Promise<Row[]> {
  const server = await startServer({
    environment: {
      ...whatsappSettings('http://127.0.0.1:9'),
    },
  })
  const pool = new Pool(server.address, { connections: 1 })
  try {
    const rows: Row[] = []
    for (const one of bad()) rows.push(await rowOf(one, pool))
    return rows
  } finally {
    await pool.close()
    await server.stop()
  }
}

async function rowOf({ what, body, signature, status }: Bad, pool: Pool): Promise<Row> {
  const times: number[] = []
  const statuses = new Set<number>()
  for (let n = 0; n < WARM + TIMES; n += 1) {
    const begin = performance.now()
    try {
      const answer = await pool.request({
        path: WIRES.whatsapp.path,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(signature === '' ? {} : { 'x-hub-signature-256': signature }),
        },
        body,
      })
      await answer.body.dump()
      statuses.add(answer.statusCode)
    } catch {
      // Too much: the server answers and hangs up while it is still being sent.
      statuses.add(413)
    }
    if (n >= WARM) times.push(performance.now() - begin)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  const seen = [...statuses].join(', ')
  return {
    measure: `refused or put aside: ${what}`,
    value: `${at(0.5).toFixed(2)} ms`,
    beside: `99 of 100 within ${at(0.99).toFixed(2)} ms; answered ${seen}`,
    ratio: '',
    goal: `< ${MOST_MS} ms`,
    ok: at(0.99) < MOST_MS && seen === String(status),
  }
}
