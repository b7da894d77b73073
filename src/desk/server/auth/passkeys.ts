import { isIP } from 'node:net'
import { z } from 'zod'
import type { Accounts, Passkey } from '../../../storage/accounts.ts'
import type { AccountId } from '../../../storage/cases.ts'
import type { Question, Questions } from './questions.ts'

/**
 * Passkeys by WebAuthn: the authenticator must have verified its person, origin and place must be exactly ours, and each
 * challenge is answered once, by whichever process. A challenge is made for one purpose (sign in, a fresh touch of one session, one invite),
 * and an answer for another is refused. The library is loaded at the first ceremony: it is large, and most starts need none.
 */
export interface Place {
  origin: string
  /** The host's name; browsers make no passkey for a bare address such as 127.0.0.1. */
  rpId: string
}

const base64url = z
  .string()
  .regex(/^[\w-]*$/u)
  .max(12_000)
const envelope = { id: base64url, rawId: base64url, type: z.literal('public-key') }
export const assertion = z.object({
  ...envelope,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
})
export const attestation = z.object({
  ...envelope,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/u))
      .max(8)
      .default([]),
  }),
})
export type Assertion = z.output<typeof assertion>
export type Attestation = z.output<typeof attestation>

export interface Passkeys {
  askTouch(place: Place, purpose: string, of?: AccountId): Promise<object>
  /** Whose passkey it was; undefined whatever was wrong with it. */
  touched(place: Place, purpose: string, response: Assertion): Promise<AccountId | undefined>
  askNew(place: Place, purpose: string, owner: { id: AccountId; name: string }): Promise<object>
  /** The new passkey, not stored yet. */
  made(place: Place, purpose: string, response: Attestation): Promise<Passkey | undefined>
}

/** ES256, EdDSA, RS256: one of these can any authenticator in use. */
const ALGORITHMS = [-7, -8, -257]
const TIMEOUT_MS = 5 * 60_000

export function placeAt(origin: string): Place | undefined {
  const { hostname } = new URL(origin)
  return isIP(hostname.replaceAll(/[[\]]/gu, '')) === 0 ? { origin, rpId: hostname } : undefined
}

export function createPasskeys(accounts: Accounts, questions: Questions): Passkeys {
  const library = () => import('@simplewebauthn/server')
  const known = async (account: AccountId) =>
    (await accounts.passkeys(account)).map(({ id, transports }) => ({ id, transports: [...transports] }))

  /** `of`: whose answer is awaited; undefined: anybody's. */
  function questionIn(purpose: string, clientDataJSON: string): Asked | undefined {
    const challenge = challengeIn(clientDataJSON)
    const question = challenge === undefined ? undefined : questions.read(purpose, challenge)
    if (challenge === undefined || question === undefined) return undefined
    const of = question.about.length === 0 ? undefined : (idText(question.about) as AccountId)
    return { challenge, question, of }
  }

  return {
    async askTouch({ rpId }, purpose, of) {
      const { generateAuthenticationOptions } = await library()
      return generateAuthenticationOptions({
        rpID: rpId,
        challenge: questions.ask(purpose, of === undefined ? undefined : idBytes(of)),
        userVerification: 'required',
        timeout: TIMEOUT_MS,
        ...(of === undefined ? {} : { allowCredentials: await known(of) }),
      })
    },

    async touched({ origin, rpId }, purpose, response) {
      const asked = questionIn(purpose, response.response.clientDataJSON)
      const passkey = await accounts.passkey(response.id)
      if (asked === undefined || passkey === undefined) return undefined
      const { id, account, publicKey, counter } = passkey
      const { userHandle } = response.response
      const { challenge, of } = asked
      if (of !== undefined && of !== account) return undefined
      if (typeof userHandle === 'string' && userHandle !== account) return undefined
      const { verifyAuthenticationResponse } = await library()
      try {
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response: assertionFor(response),
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: rpId,
          credential: { id, publicKey, counter },
          requireUserVerification: true,
        })
        if (!verified || !(await questions.use(asked.question))) return undefined
        await accounts.usedPasskey(id, authenticationInfo.newCounter)
        return account
      } catch {
        // The library throws for whatever does not fit, with a text that may quote it.
        return undefined
      }
    },

    async askNew({ rpId }, purpose, { id, name }) {
      const { generateRegistrationOptions } = await library()
      return generateRegistrationOptions({
        rpName: 'Desk',
        rpID: rpId,
        userName: name,
        userDisplayName: name,
        userID: idBytes(id),
        challenge: questions.ask(purpose, idBytes(id)),
        attestationType: 'none',
        excludeCredentials: await known(id),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: ALGORITHMS,
        timeout: TIMEOUT_MS,
      })
    },

    async made({ origin, rpId }, purpose, response) {
      const asked = questionIn(purpose, response.response.clientDataJSON)
      if (asked?.of === undefined) return undefined
      const { verifyRegistrationResponse } = await library()
      try {
        const { verified, registrationInfo } = await verifyRegistrationResponse({
          response: { ...response, clientExtensionResults: {} },
          expectedChallenge: asked.challenge,
          expectedOrigin: origin,
          expectedRPID: rpId,
          requireUserVerification: true,
          supportedAlgorithmIDs: ALGORITHMS,
        })
        if (!verified || !(await questions.use(asked.question))) return undefined
        const { id, publicKey, counter } = registrationInfo.credential
        const { transports } = response.response
        return { id, account: asked.of, publicKey: new Uint8Array(publicKey), counter, transports }
      } catch {
        return undefined
      }
    },
  }
}

function assertionFor({ response: { userHandle, ...response }, ...rest }: Assertion) {
  return {
    ...rest,
    response: typeof userHandle === 'string' ? { ...response, userHandle } : response,
    clientExtensionResults: {},
  }
}

interface Asked {
  challenge: string
  question: Question
  of: AccountId | undefined
}
const idBytes = (id: AccountId) => new Uint8Array(Buffer.from(id, 'base64url'))
const idText = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

const clientData = z.object({ challenge: z.string().max(200) })

function challengeIn(clientDataJSON: string): string | undefined {
  try {
    const told: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString())
    return clientData.safeParse(told).data?.challenge
  } catch {
    return undefined
  }
}
