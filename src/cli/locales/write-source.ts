import { writeFileSync } from 'node:fs'

/** Writes a file of the program's own; false, and one line that says what to do, where it may not be written to. */
export function writeSource(path: string, text: string): boolean {
  try {
    writeFileSync(path, text)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    console.error(
      `${path} cannot be written${code}. Do this in the sources, before they are installed or built into an image (docs/deploy.md).`,
    )
    return false
  }
}
