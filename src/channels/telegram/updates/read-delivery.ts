import { type Update, update } from './update.ts'

/** One delivered update; undefined for what is not UTF-8, not JSON, or not of the published form. Never throws. */
export function readDelivery(body: Uint8Array): Update | undefined {
  let content: unknown
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
  return update.safeParse(content).data
}
