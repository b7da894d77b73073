import type { KeyObject } from 'node:crypto'
import type { Config } from '../../config.ts'
import { StartRefused } from '../../errors.ts'
import type { Random } from '../../operations/environment.ts'
import { rootKeyFrom } from '../../privacy/vault/root-key.ts'

/** The root key from where the settings say; what is wrong with it refuses the start. */
export function loadRoot({ root }: Pick<Config, 'root'>, random: Random): KeyObject {
  const loaded = rootKeyFrom(root, random)
  if (loaded.kind === 'refused') throw new StartRefused('rootKey.refused', [loaded.problem])
  return loaded.key
}
