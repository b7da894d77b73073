import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Webhook bodies written after Meta's published payloads, with invented ids. */

const FOLDER = join(import.meta.dirname, 'fixtures')

export const FIXTURES: readonly string[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))

export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'))
}

export function bodyOf(name: string): Buffer {
  return Buffer.from(JSON.stringify(fixture(name)))
}

/** The two numbers of ours in the fixtures. */
export const OURS = ['100000000000001', '100000000000002'] as const

/** What stands in the fixtures and may be found in nothing that we print. */
export const PRIVATE =
  /PROFILE-NAME|profile-username|wamid|FIXTURE|9990000000|XA\.1|CAPTION|FILE-|PLACE-|CARD-|ORDER-|FLOW-|META-|GROUP-ID|IDENTITY|CONVERSATION-ID|doctor/u
