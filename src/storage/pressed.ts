import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'

/** Long texts as they are kept, compressed off the main thread: an edition of a pack is a whole list of services. */
const FASTEST = { level: 1 }
const squeeze = promisify<string, { level: number }, Buffer>(gzip)
const unsqueeze = promisify<Uint8Array, Buffer>(gunzip)

export const pressed = (text: string): Promise<Buffer> => squeeze(text, FASTEST)

/** '' for damaged bytes: no reader takes that for a list. */
export const unpressed = (bytes: Uint8Array): Promise<string> =>
  unsqueeze(bytes).then(
    (text) => text.toString(),
    () => '',
  )
