import { randomBytes } from 'node:crypto'
import type { AccountRole, Accounts } from '../../src/storage/accounts.ts'
import type { AccountId } from '../../src/storage/cases.ts'

/** An account with one passkey, straight into the store. */
export async function addAccount(
  accounts: Accounts,
  role: AccountRole = 'caseworker',
): Promise<{ id: AccountId; passkey: string }> {
  const word = () => randomBytes(16).toString('base64url')
  const bytes = () => new Uint8Array(randomBytes(32))
  const [id, passkey, token] = [word() as AccountId, word(), bytes()]
  await accounts.invite({
    id: word(),
    token,
    purpose: 'invite',
    role,
    account: undefined,
    until: 1,
    sealed: bytes(),
  })
  const accepted = await accounts.accept({
    token,
    now: 0,
    account: {
      id,
      nameTag: bytes(),
      role,
      disabled: false,
      language: 'en',
      capacity: 5,
      onShift: false,
      lastDay: '',
      sealed: bytes(),
    },
    credential: {
      kind: 'passkey',
      passkey: { id: passkey, account: id, publicKey: bytes(), counter: 0, transports: [] },
    },
  })
  if (accepted !== 'accepted') throw new Error('the store did not take the account')
  return { id, passkey }
}
