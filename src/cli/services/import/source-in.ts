import { closeSync, fstatSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import {
  MOST_BYTES,
  MOST_FILES,
  type Refusal,
  refuse,
  tooBig,
} from '../../../directory/import/read/limits.ts'
import type { Source } from '../../../directory/import/read/read-source.ts'

/** A file, or a folder of files, from the disk; nothing larger than an import takes is ever read. */
export function sourceIn(path: string): Source | Refusal {
  const name = basename(path)
  try {
    return statSync(path).isDirectory() ? folderIn(path, name) : fileIn(path, name)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return refuse(`The file cannot be read${code}`, 'Check its path, and that it is not open elsewhere.')
  }
}

function fileIn(path: string, name: string): Source | Refusal {
  const file = openSync(path, 'r')
  try {
    const about = fstatSync(file)
    if (!about.isFile()) return refuse('It is not a file', 'Give the path of a file or a folder.')
    if (about.size > MOST_BYTES) return tooBig()
    return { name, bytes: readFileSync(file) }
  } finally {
    closeSync(file)
  }
}

function folderIn(path: string, name: string): Source | Refusal {
  const files = new Map<string, Uint8Array>()
  let bytes = 0
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  if (entries.length > MOST_FILES)
    return refuse(`The folder has more than ${MOST_FILES} files`, 'Give a folder that holds only the list.')
  for (const entry of entries) {
    if (!/\.(?:csv|json|tsv)$/iu.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    bytes += statSync(file).size
    if (bytes > MOST_BYTES) return tooBig()
    files.set(relative(path, file).split(sep).join('/'), readFileSync(file))
  }
  return { name, files }
}
