import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Environment, Instant } from '../../../operations/environment.ts'
import { framed } from '../../../privacy/sealing/framed.ts'
import type { Accounts } from '../../../storage/accounts.ts'

/**
 * What was asked and is not answered yet: challenges of passkeys, codes that are being set up. Nothing of it is kept. The
 * browser carries the question and brings it back with the answer, to whichever process; a keyed hash says that it is ours,
 * for this purpose, and not older than five minutes. Which were answered stands in the store, so that each is answered
 * once (docs/decisions/0014-any-process-takes-any-desk-request.md).
 */
export interface Questions {
  /** `about`: what the answering process has to know, readable to the browser. */
  ask(purpose: string, about?: Uint8Array): Uint8Array<ArrayBuffer>
  /** `carried`: base64url. Undefined for one that is over, made for another purpose, or not ours. */
  read(purpose: string, carried: string): Question | undefined
  /** Bytes that follow from the question, and that nobody can tell from it. At most 32. */
  secretOf(carried: Uint8Array, length: number): Uint8Array
  /** Resolves true once, whoever asks in whichever process. Only for what proved right: nobody fills the store by guessing. */
  use(question: Question): Promise<boolean>
}

export interface Question {
  bytes: Uint8Array
  about: Uint8Array
  until: Instant
}

const LIFE_MS = 5 * 60_000
const NONCE = 10
const UNTIL = 6
const MAC = 16
/** `nonce 10 | until 6 | mac 16 | about` */
const ABOUT_AT = NONCE + UNTIL + MAC
const LONGEST_ABOUT = 64

export function createQuestions(
  accounts: Pick<Accounts, 'takeOnce'>,
  key: KeyObject,
  { clock, random }: Environment,
): Questions {
  const macOf = (purpose: string, named: Uint8Array, about: Uint8Array) =>
    hashed(key, ['lantern1/desk/question', purpose, named, about]).subarray(0, MAC)

  return {
    ask(purpose, about = new Uint8Array()) {
      const bytes = Buffer.alloc(ABOUT_AT + about.length)
      bytes.set(random.bytes(NONCE))
      bytes.writeUIntBE(clock.now() + LIFE_MS, NONCE, UNTIL)
      bytes.set(macOf(purpose, bytes.subarray(0, NONCE + UNTIL), about), NONCE + UNTIL)
      bytes.set(about, ABOUT_AT)
      return new Uint8Array(bytes)
    },
    read(purpose, carried) {
      const bytes = Buffer.from(carried, 'base64url')
      if (bytes.length < ABOUT_AT || bytes.length > ABOUT_AT + LONGEST_ABOUT) return undefined
      const about = new Uint8Array(bytes.subarray(ABOUT_AT))
      const named = bytes.subarray(0, NONCE + UNTIL)
      const isOurs = timingSafeEqual(bytes.subarray(NONCE + UNTIL, ABOUT_AT), macOf(purpose, named, about))
      const until = bytes.readUIntBE(NONCE, UNTIL)
      return isOurs && until > clock.now() ? { bytes: new Uint8Array(bytes), about, until } : undefined
    },
    secretOf: (carried, length) =>
      new Uint8Array(hashed(key, ['lantern1/desk/secret', carried]).subarray(0, length)),
    use: ({ bytes, until }) => accounts.takeOnce(bytes.subarray(0, NONCE + UNTIL), until, clock.now()),
  }
}

function hashed(key: KeyObject, parts: readonly (string | Uint8Array)[]): Buffer {
  return createHmac('sha256', key).update(framed(parts)).digest()
}
