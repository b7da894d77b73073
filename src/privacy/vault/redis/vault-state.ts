import type { KeyObject } from 'node:crypto'
import { bytesOf, listOf, RedisFailed, type RedisLink } from '../../../storage/redis/link/link.ts'
import { FileRefused } from '../../../storage/sqlite/file.ts'
import type { Epoch } from '../vault.ts'
import { madeAtOf, underRoot } from '../vault-epochs.ts'

/**
 * What a process knows of a vault that it shares: its KEKs and peppers, and how often something was destroyed. It is
 * asked for again when it is older than a second, so that a pepper or the end of a key reaches every process by then; and
 * with a server that does not answer, nothing is known.
 */
export interface LivingKey extends Epoch {
  key: KeyObject
}

export interface VaultState {
  /** Oldest first. */
  keks: readonly LivingKey[]
  peppers: readonly LivingKey[]
  dirty: number
  clean: number
}

export interface StateReader {
  /** At most a second old. */
  now(): Promise<VaultState>
  /** As it is. */
  anew(): Promise<VaultState>
}

export const EPOCHS = Buffer.from('{vault}epochs')
const ID = 16

/** `changed`: something was destroyed since the last look. */
export function stateReader(
  link: RedisLink,
  root: KeyObject,
  { freshMs, changed }: { freshMs: number; changed(): void },
): StateReader {
  let known: { state: VaultState; version: string; at: number } | undefined
  let reading: Promise<VaultState> | undefined

  async function read(): Promise<VaultState> {
    const at = performance.now()
    const flat = listOf(await link.at(EPOCHS, ['HGETALL', EPOCHS]))
    const fields = new Map<string, Buffer>()
    for (let n = 0; n < flat.length; n += 2) fields.set(bytesOf(flat[n]).toString(), bytesOf(flat[n + 1]))
    const number = (name: string) => Number(fields.get(name) ?? 0)
    const version = String(fields.get('version'))
    const isSame = known?.version === version
    const state: VaultState = {
      keks: isSame ? (known?.state.keks ?? []) : living('kek', fields),
      peppers: isSame ? (known?.state.peppers ?? []) : living('pepper', fields),
      dirty: number('dirty'),
      clean: number('clean'),
    }
    // A server that lost what it had must not make everybody's rows look like nobody's.
    if (state.keks.length === 0 && (known?.state.keks.length ?? 0) > 0) throw new RedisFailed('EMPTY')
    const wasDestroyed = known !== undefined && known.state.dirty !== state.dirty
    known = { state, version, at }
    if (wasDestroyed) changed()
    return state
  }

  function living(role: 'kek' | 'pepper', fields: ReadonlyMap<string, Buffer>): LivingKey[] {
    return [...fields]
      .filter(([name]) => name.startsWith(`${role}:`))
      .map(([name, bytes]) => {
        const [epoch, id] = [Number(name.slice(role.length + 1)), bytes.subarray(0, ID)]
        const key = underRoot(root, { role, epoch, id, wrapped: bytes.subarray(ID) })
        return { epoch, madeAt: madeAtOf({ id }), key }
      })
      .toSorted((a, b) => a.epoch - b.epoch)
  }

  const anew = () => (reading ??= read().finally(() => (reading = undefined)))
  return {
    async now() {
      if (known !== undefined && performance.now() - known.at <= freshMs) return known.state
      return anew()
    },
    async anew() {
      // One that is under way may have been answered before what the caller waits for.
      await reading?.catch(() => {})
      return anew()
    },
  }
}

export function latestOf(keys: readonly LivingKey[]): LivingKey {
  const last = keys.at(-1)
  if (last === undefined) throw new FileRefused('damaged', 'the vault has no key of its own')
  return last
}
