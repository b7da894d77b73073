import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import {
  type CompiledLexicon,
  compileLexicon,
  type LexiconSource,
} from './conversation/understand/compile-lexicon.ts'

/**
 * The compiled word lists, kept beside Node's own cache of compiled modules (`cli/compile-cache.js`): compiling ten
 * languages takes more than a second, reading them back a tenth of it. The file's name is the digest of everything that it
 * was made from, lists and code, so a changed word is never read from an old file; a damaged one is compiled anew, and
 * where nothing can be written everything works without it.
 */
const HOUSE = join(import.meta.dirname, '..')
const FOLDER = join(HOUSE, 'node_modules', '.cache', 'lantern')
const CODE = [join(HOUSE, 'src', 'conversation', 'understand'), join(HOUSE, 'flows', 'context.ts')]
const PREFIX = 'lexicon-'
/** Every choice of languages has a file of its own. */
const MOST_KEPT = 8
const DIGEST_BYTES = 32

export function keptLexicon(locales: LexiconSource, folder = FOLDER): CompiledLexicon {
  const file = join(folder, `${PREFIX}${digestOf(locales)}`)
  const kept = readKept(file)
  if (kept !== undefined) return kept
  const compiled = compileLexicon(locales)
  keep(folder, file, compiled)
  return compiled
}

function readKept(file: string): CompiledLexicon | undefined {
  try {
    const bytes = readFileSync(file)
    const body = bytes.subarray(DIGEST_BYTES)
    if (!sha256(body).equals(bytes.subarray(0, DIGEST_BYTES))) return undefined
    return deserialize(body) as CompiledLexicon
  } catch {
    return undefined
  }
}

/** Written beside its place and then moved there, so that another process never reads half of it. */
function keep(folder: string, file: string, compiled: CompiledLexicon): void {
  const unfinished = `${file}.${randomUUID()}`
  try {
    mkdirSync(folder, { recursive: true })
    const body = serialize(compiled)
    writeFileSync(unfinished, Buffer.concat([sha256(body), body]), { mode: 0o600 })
    renameSync(unfinished, file)
    const others = readdirSync(folder).filter((name) => name.startsWith(PREFIX))
    const byAge = others
      .map((name) => join(folder, name))
      .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
    for (const old of byAge.slice(MOST_KEPT)) rmSync(old, { force: true })
  } catch {
    // A house that cannot be written, or another process that tidies up at the same time.
    drop(unfinished)
  }
}

function drop(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // It never came to be.
  }
}

function digestOf(locales: LexiconSource): string {
  const hash = createHash('sha256').update(process.version)
  for (const { tag, name, words } of locales.values()) hash.update(JSON.stringify([tag, name, words]))
  for (const place of CODE) for (const path of filesIn(place)) hash.update(readFileSync(path))
  return hash.digest('hex')
}

function filesIn(place: string): string[] {
  return statSync(place).isDirectory()
    ? readdirSync(place)
        .toSorted()
        .map((name) => join(place, name))
    : [place]
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
