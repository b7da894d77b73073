import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/**
 * A passkey device in memory: P-256, one credential for each making, a counter. It answers the options that a server
 * sends as a browser's `toJSON()` would, and can be told to misbehave: without verifying its person, from another
 * origin, with a counter that stands still.
 */
export interface Misbehaviour {
  verified?: boolean
  origin?: string
  rpId?: string
  challenge?: string
  counter?: number
}
interface Made {
  id: string
  key: KeyObject
  userHandle: string
  counter: number
}
export interface Authenticator {
  make(options: unknown, but?: Misbehaviour): object
  touch(options: unknown, but?: Misbehaviour): { response: { userHandle: string } } & Record<string, unknown>
  ids(): string[]
}

interface CreationOptions {
  challenge: string
  rp: { id: string }
  user: { id: string }
}
interface RequestOptions {
  challenge: string
  rpId: string
  allowCredentials?: { id: string }[]
}

const PRESENT = 1
const VERIFIED = 4
const HAS_CREDENTIAL = 64

export function createAuthenticator(origin: string): Authenticator {
  const made: Made[] = []
  return {
    make(given, but = {}) {
      const options = given as CreationOptions
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const rawId = randomBytes(32)
      const one: Made = {
        id: rawId.toString('base64url'),
        key: privateKey,
        userHandle: options.user.id,
        counter: but.counter ?? 1,
      }
      made.push(one)
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      const cose = map([
        [int(1), int(2)],
        [int(3), int(-7)],
        [int(-1), int(1)],
        [int(-2), bytes(Buffer.from(x, 'base64url'))],
        [int(-3), bytes(Buffer.from(y, 'base64url'))],
      ])
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, rawId.length]), rawId, cose])
      const data = authenticatorData(but.rpId ?? options.rp.id, one.counter, but, HAS_CREDENTIAL, credential)
      const attestation = map([
        [text('fmt'), text('none')],
        [text('attStmt'), map([])],
        [text('authData'), bytes(data)],
      ])
      const clientData = clientDataOf('webauthn.create', options.challenge, origin, but)
      return {
        id: one.id,
        rawId: one.id,
        type: 'public-key',
        authenticatorAttachment: 'platform',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData.toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      }
    },

    touch(given, but = {}) {
      const options = given as RequestOptions
      const one = made.find(
        ({ id }) => options.allowCredentials?.some((allowed) => allowed.id === id) ?? true,
      )
      if (one === undefined) throw new Error('this device has no passkey for these options')
      one.counter = but.counter ?? one.counter + 1
      const data = authenticatorData(but.rpId ?? options.rpId, one.counter, but)
      const clientData = clientDataOf('webauthn.get', options.challenge, origin, but)
      const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()])
      return {
        id: one.id,
        rawId: one.id,
        type: 'public-key',
        authenticatorAttachment: 'platform',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: sign('sha256', signed, one.key).toString('base64url'),
          userHandle: one.userHandle,
        },
      }
    },
    ids: () => made.map(({ id }) => id),
  }
}

function clientDataOf(type: string, challenge: string, origin: string, but: Misbehaviour): Buffer {
  return Buffer.from(
    JSON.stringify({
      type,
      challenge: but.challenge ?? challenge,
      origin: but.origin ?? origin,
      crossOrigin: false,
    }),
  )
}

function authenticatorData(
  rpId: string,
  counter: number,
  { verified = true }: Misbehaviour,
  flags = 0,
  credential = Buffer.alloc(0),
): Buffer {
  const flagsAndCount = Buffer.alloc(5)
  flagsAndCount[0] = PRESENT | flags | (verified ? VERIFIED : 0)
  flagsAndCount.writeUInt32BE(counter, 1)
  return Buffer.concat([createHash('sha256').update(rpId).digest(), flagsAndCount, credential])
}

/** As much of CBOR (RFC 8949) as a passkey needs. */
function head(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(kind << 5) | size])
  if (size < 256) return Buffer.from([(kind << 5) | 24, size])
  return Buffer.from([(kind << 5) | 25, size >> 8, size & 255])
}
const int = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value))
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value])
const text = (value: string) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
const map = (pairs: [Buffer, Buffer][]) => Buffer.concat([head(5, pairs.length), ...pairs.flat()])
