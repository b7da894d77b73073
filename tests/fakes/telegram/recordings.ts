import { type ApiResult, isObject, type Payload, refuse } from './api-result.ts'

/** Voice messages that the bot sent: a file is Ogg Opus of at most 50 MB, and has an id by which it is sent again. */
export interface Recordings {
  /** The id of what is sent, or the refusal. */
  fileOf(voice: unknown): string | ApiResult
  describe(file: string): Payload
  forget(): void
}

const MOST_BYTES = 50 * 1024 * 1024

export function createRecordings(): Recordings {
  let held = new Map<string, number>()
  let last = 0
  return {
    fileOf(voice) {
      if (typeof voice === 'string')
        return held.has(voice) ? voice : refuse(400, 'Bad Request: wrong file identifier/HTTP URL specified')
      const bytes = isObject(voice) ? voice['bytes'] : undefined
      if (!Buffer.isBuffer(bytes) || bytes.length === 0)
        return refuse(400, 'Bad Request: file must be non-empty')
      if (bytes.length > MOST_BYTES) return refuse(413, 'Request Entity Too Large')
      if (bytes.toString('latin1', 0, 4) !== 'OggS' || !bytes.includes('OpusHead'))
        return refuse(400, 'Bad Request: the fake takes Ogg Opus alone')
      last += 1
      const id = `AwACAgEAAxkDAAI${last}`
      held.set(id, bytes.length)
      return id
    },
    describe: (file) => ({
      file_id: file,
      file_unique_id: `AgAD${file.slice(-4)}`,
      duration: 1,
      mime_type: 'audio/ogg',
      file_size: held.get(file) ?? 0,
    }),
    forget() {
      held = new Map()
    },
  }
}
