import { argon2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Random } from '../../../operations/environment.ts'

/**
 * Argon2id (19 MiB, 2 passes, 1 lane: OWASP's first choice) in PHC form. One at a time and a bounded line behind it, so
 * that nobody fills the machine's memory by signing in; every check costs one, whether there is such an account or not.
 */
const PARAMETERS = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
const PREFIX = `$argon2id$v=19$m=${PARAMETERS.memory},t=${PARAMETERS.passes},p=${PARAMETERS.parallelism}$`
const AT_ONCE = 1
const MOST_WAITING = 60

export interface Passwords {
  hash(password: string): Promise<string | undefined>
  /** `phc` undefined: the same work, and false. Undefined when too many wait already. */
  check(password: string, phc: string | undefined): Promise<boolean | undefined>
}

type Derive = (password: string, salt: Uint8Array) => Promise<Buffer>

const argon2id = promisify(argon2)
const deriveByArgon2: Derive = (password, salt) =>
  argon2id('argon2id', { ...PARAMETERS, message: password.normalize('NFC'), nonce: salt })

/** `derive` is given by tests that count how often it is called. */
export function createPasswords(random: Random, derive: Derive = deriveByArgon2): Passwords {
  const inTurn = createLine()
  return {
    async hash(password) {
      const salt = random.bytes(16)
      const tag = await inTurn(() => derive(password, salt))
      return tag === undefined ? undefined : `${PREFIX}${plain(salt)}$${plain(tag)}`
    },
    async check(password, phc) {
      const [salt, expected] = partsOf(phc) ?? [random.bytes(16), undefined]
      const tag = await inTurn(() => derive(password, salt))
      if (tag === undefined) return undefined
      return expected !== undefined && expected.length === tag.length && timingSafeEqual(expected, tag)
    },
  }
}

/** PHC's base64 has no padding. */
function plain(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '')
}

function partsOf(phc: string | undefined): [Buffer, Buffer] | undefined {
  if (phc?.startsWith(PREFIX) !== true) return undefined
  const [salt, tag] = phc.slice(PREFIX.length).split('$')
  return salt === undefined || tag === undefined
    ? undefined
    : [Buffer.from(salt, 'base64'), Buffer.from(tag, 'base64')]
}

function createLine() {
  const waiting: (() => void)[] = []
  let busy = 0
  return async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (waiting.length >= MOST_WAITING) return undefined
    if (busy < AT_ONCE) busy += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      // The place is handed on; nobody who comes just now can take it.
      const next = waiting.shift()
      if (next === undefined) busy -= 1
      else next()
    }
  }
}
