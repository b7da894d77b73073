import { StartRefused } from '../errors.ts'
import { startLantern } from '../main.ts'

/** `lantern start`: prints one line, the address, and serves until it is told to stop. */
export async function run(): Promise<number> {
  try {
    const { address, invite, stopped } = await startLantern()
    // Standard output is the address alone, for scripts.
    if (invite !== undefined) console.error(`The desk has no account yet. First administrator: ${invite}`)
    console.log(address)
    await stopped
    return 0
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    for (const line of error.lines) console.error(line)
    return 1
  }
}
