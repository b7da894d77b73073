import { argon2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { OwnSecret } from '../../../flows/context.ts'
import type { Random } from '../../operations/environment.ts'

/**
 * A word of the person's own, kept only as an Argon2id hash inside her sealed record. At most two are worked on at a
 * time, so that nobody can fill the machine's memory by guessing. Parameters: reference security.md section 8.
 */
const PARAMETERS = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
const SALT_BYTES = 16
const AT_ONCE = 2

/** Wrong tries in a row after which the word is not tried again until either word brought her back. */
export const MOST_MISSES = 5

export async function hashWord(text: string, random: Random): Promise<OwnSecret> {
  const salt = Buffer.from(random.bytes(SALT_BYTES))
  const hash = await derive(text, salt)
  return { salt: salt.toString('base64url'), hash: hash.toString('base64url') }
}

export async function isWord(text: string, secret: OwnSecret): Promise<boolean> {
  const expected = Buffer.from(secret.hash, 'base64url')
  const hash = await derive(text, Buffer.from(secret.salt, 'base64url'))
  return expected.length === hash.length && timingSafeEqual(expected, hash)
}

/** Case, accents' spelling and spaces do not matter; what a person types twice is the same word. */
function normalised(text: string): string {
  // Up and down again folds what has no single lower case: Straße and STRASSE are one word.
  const folded = text.slice(0, 200).normalize('NFKC').toUpperCase().toLowerCase()
  return folded.replace(/\s+/gu, ' ').trim()
}

const argon2id = promisify(argon2)
const waiting: (() => void)[] = []
let busy = 0

async function derive(text: string, salt: Buffer): Promise<Buffer> {
  if (busy < AT_ONCE) busy += 1
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await argon2id('argon2id', { ...PARAMETERS, message: normalised(text), nonce: salt })
  } finally {
    // The place is handed on; nobody who comes just now can take it.
    const next = waiting.shift()
    if (next === undefined) busy -= 1
    else next()
  }
}
