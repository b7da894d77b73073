import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../operations/environment.ts'
import type { RotatingVault } from '../../privacy/vault/vault.ts'

/**
 * How a command asks the running process, which alone may open the vault, to rotate now (docs/decisions/0008): a file in
 * the vault's folder. Whoever may write there owns the keys already, so it needs no other permission. Progress comes
 * back the same way.
 */
export interface Progress {
  asked: string
  done: number
  of: number
  state: 'underWay' | 'done' | 'failed'
}

const ASKED = 'rotate.asked'
const PROGRESS = 'rotate.progress'
const shape = z.object({
  asked: z.string(),
  done: z.number(),
  of: z.number(),
  state: z.enum(['underWay', 'done', 'failed']),
})

/** For the running process, every second. */
export async function rotateIfAsked(
  folder: string,
  { vault, clock }: { vault: Pick<RotatingVault, 'rotate'>; clock: Clock },
): Promise<void> {
  const asked = read(join(folder, ASKED))
  if (asked === undefined) return
  rmSync(join(folder, ASKED), { force: true })
  let last: Progress = { asked, done: 0, of: 0, state: 'underWay' }
  const tell = (now: Partial<Progress>) => {
    last = { ...last, ...now }
    write(join(folder, PROGRESS), JSON.stringify(last))
  }
  tell({})
  try {
    await vault.rotate({ at: clock.now(), progress: (done, of) => tell({ done, of }) })
    tell({ state: 'done' })
  } catch (error) {
    tell({ state: 'failed' })
    throw error
  }
}

/** For the command: asks, and gives how to look for the answer and how to take the question back. */
export function askRotation(folder: string): { progress(): Progress | undefined; takeBack(): void } {
  const asked = randomUUID()
  write(join(folder, ASKED), asked)
  return {
    progress() {
      const text = read(join(folder, PROGRESS))
      const known = text === undefined ? undefined : shape.safeParse(JSON.parse(text)).data
      return known?.asked === asked ? known : undefined
    },
    takeBack: () => rmSync(join(folder, ASKED), { force: true }),
  }
}

/** Whole or not at all. */
function write(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
