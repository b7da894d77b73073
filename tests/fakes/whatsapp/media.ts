import { accept, type GraphAnswer, refuse } from './graph-answer.ts'

/** What a business gave Meta to send: an id for each, which only the number that uploaded it may use, for 30 days. */
export interface Media {
  upload(number: string, contentType: string, body: Buffer): Promise<GraphAnswer>
  /** The number may send it. */
  has(number: string, id: string): boolean
  /** Everything that was taken, oldest first. */
  uploads: readonly { number: string; id: string; bytes: number }[]
  /** Meta drops what it holds. */
  forget(): void
}

const MOST_BYTES = 16 * 1024 * 1024

export function createMedia(): Media {
  const uploads: { number: string; id: string; bytes: number }[] = []
  let held = new Set<string>()
  return {
    uploads,
    has: (number, id) => held.has(`${number}/${id}`),
    forget() {
      held = new Set()
    },
    async upload(number, contentType, body) {
      const form = await read(contentType, body)
      if (form === undefined) return refuse(100, 'The body is not multipart/form-data')
      const names = [...form.keys()].toSorted().join()
      if (names !== 'file,messaging_product,type') return refuse(100, `The fields are ${names}`)
      const file = form.get('file')
      if (form.get('messaging_product') !== 'whatsapp')
        return refuse(100, 'messaging_product must be whatsapp')
      if (!(file instanceof File)) return refuse(131008, 'file is missing')
      if (form.get('type') !== 'audio/ogg; codecs=opus' || !file.type.startsWith('audio/ogg'))
        return refuse(131009, 'The fake takes Ogg Opus alone')
      const bytes = Buffer.from(await file.arrayBuffer())
      if (bytes.length > MOST_BYTES) return refuse(131009, 'An audio file has at most 16 MB')
      if (bytes.toString('latin1', 0, 4) !== 'OggS' || !bytes.includes('OpusHead'))
        return refuse(131009, 'The file is not Ogg Opus')
      const id = String(4_400_000 + uploads.length)
      uploads.push({ number, id, bytes: bytes.length })
      held.add(`${number}/${id}`)
      return accept({ id })
    },
  }
}

async function read(contentType: string, body: Buffer): Promise<FormData | undefined> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData()
  } catch {
    return undefined
  }
}
