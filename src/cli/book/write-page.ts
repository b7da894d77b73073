import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { printPdf } from './pdf.ts'

/** Writes a page as it is, or printed by Chromium; false, and one line that says why, where that cannot be done. */
export function writePage(
  html: string,
  { how, file, lang }: { how: 'html' | 'pdf'; file: string; lang: string },
): boolean {
  try {
    if (how === 'html') writeFileSync(file, html)
    else {
      if (lacksFont(lang))
        console.error(
          `This machine has no font for ${lang}, so its letters are printed as boxes: install one, such as the package fonts-noto-core.`,
        )
      if (printPdf(html, file)) return true
      console.error('No Chromium could print it: install the package chromium, or set CHROMIUM_PATH.')
      return false
    }
    return true
  } catch (error) {
    console.error(`${file} cannot be written: ${error instanceof Error ? error.message : ''}`)
    return false
  }
}

/** What fontconfig says; false where there is none to ask. */
export function lacksFont(language: string, environment: NodeJS.ProcessEnv = process.env): boolean {
  const { status, stdout } = spawnSync('fc-list', [`:lang=${language}`], {
    encoding: 'utf8',
    env: environment,
  })
  return status === 0 && stdout.trim() === ''
}
