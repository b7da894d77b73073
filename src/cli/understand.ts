import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { lexiconOf } from '../conversation/understand/lexicon.ts'
import { understandLine } from '../conversation/understand/understand-line.ts'
import { StartRefused } from '../errors.ts'
import { keptLexicon } from '../kept-lexicon.ts'
import { languages } from './house.ts'

/**
 * `lantern understand --json`: one text a line in, one object a line out that says what kind it is; the text is not in
 * it. Without `--json` the same in a few words for people who write the lists.
 */
export async function run(args: string[]): Promise<number> {
  try {
    const { json } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } }).values
    const lexicon = lexiconOf(keptLexicon(languages()))
    for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      const understood = understandLine(text, lexicon)
      console.log(json ? JSON.stringify(understood) : inWords(understood))
    }
    return 0
  } catch (error) {
    if (!(error instanceof StartRefused) && !isUsage(error)) throw error
    console.error(error instanceof StartRefused ? error.lines.join('\n') : USAGE)
    return 1
  }
}

const USAGE = 'Usage: npm run -s lantern -- understand [--json], with one text a line.'

function isUsage(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

function inWords({ kind, tier, command, lang }: ReturnType<typeof understandLine>): string {
  const what = command ?? (tier === undefined ? '' : `tier ${tier}`)
  return [kind, what, lang ?? ''].filter((word) => word !== '').join('  ')
}
