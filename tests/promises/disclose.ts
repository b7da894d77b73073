import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Held } from '../../src/cli/disclose/held.ts'

const PREFLIGHT = join(import.meta.dirname, '../../src/cli/preflight.js')

export interface Told {
  status: number | null
  stdout: string
  stderr: string
}

/** `lantern disclose` as the operator would call it, a process of its own beside the one that has the stores open. */
export async function disclose(
  folder: string,
  environment: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<Told> {
  const child = spawn(process.execPath, [PREFLIGHT, 'disclose', ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { status, stdout, stderr }
}

export function heldIn({ stdout }: Told): Held[] {
  return (JSON.parse(stdout) as { held: Held[] }).held
}
