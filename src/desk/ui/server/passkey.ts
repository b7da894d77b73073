import { post, type Failure, type Result } from './api.ts'

/** A passkey's ceremony: options from the server, the browser's own dialog, the answer back. */

/** cancelled: the browser's dialog was closed, or there is no passkey for this place. */
export type PasskeyOutcome<T> = { ok: true; value: T } | { ok: false; why: Failure | 'cancelled' }

export const passkeysHere =
  typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential

/** `path` without `/options`. */
export async function usePasskey<T>(path: string): Promise<PasskeyOutcome<T>> {
  return ceremony(path, {}, {}, (options: PublicKeyCredentialRequestOptionsJSON) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
  )
}

/** `body` goes with both requests, `last` with the answer only. */
export async function makePasskey<T>(path: string, body: object, last: object): Promise<PasskeyOutcome<T>> {
  return ceremony(path, body, last, (options: PublicKeyCredentialCreationOptionsJSON) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  )
}

async function ceremony<T, O>(
  path: string,
  body: object,
  last: object,
  ask: (options: O) => Promise<Credential | null>,
): Promise<PasskeyOutcome<T>> {
  const asked: Result<{ options: O }> = await post(`${path}/options`, body)
  if (!asked.ok) return asked
  let credential: Credential | null
  try {
    credential = await ask(asked.value.options)
  } catch {
    return { ok: false, why: 'cancelled' }
  }
  if (!(credential instanceof PublicKeyCredential)) return { ok: false, why: 'cancelled' }
  return post<T>(path, { ...body, ...last, response: credential.toJSON() })
}
