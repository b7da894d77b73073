import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Opens one SQLite file of ours, for its owner's eyes only. It makes the file and its tables when they are not there,
 * and refuses, without touching it, a file that is not ours, was written by a newer Lantern or is in use.
 */
export interface FileKind {
  /** SQLite's application_id: says that a file is ours. */
  applicationId: number
  schemaVersion: number
  schema: string
  pragmas: string
  /** Milliseconds to wait for another process that is writing. */
  patienceMs: number
}

export type Refusal = 'foreign' | 'newer' | 'busy' | 'damaged' | 'wrong-root'

/** The file cannot be used, and why, in one line without a path. */
export class FileRefused extends Error {
  readonly reason: Refusal

  constructor(reason: Refusal, message: string) {
    super(message)
    this.name = 'FileRefused'
    this.reason = reason
  }
}

export function openFile(path: string, kind: FileKind): DatabaseSync {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const isNew = !existsSync(path)
  if (isNew) closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
  const db = new DatabaseSync(path, { timeout: kind.patienceMs, allowExtension: false })
  try {
    refuseOthers(db, kind)
    db.exec(
      `PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; ${kind.pragmas}`,
    )
    if (versionOf(db) === 0) createTables(db, kind)
  } catch (error) {
    db.close()
    throw translated(error)
  }
  if (isNew) syncFolder(folder)
  return db
}

export function pragma(db: DatabaseSync, name: string): number {
  return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0)
}

/** The entry of a new or removed file is on the disk when this returns (where the system can do so). */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** SQLite's primary result code, 0 for an error that is not SQLite's. */
export function sqliteCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : 0
}

function versionOf(db: DatabaseSync): number {
  return pragma(db, 'user_version')
}

/** One transaction: another process may be making the file meanwhile. */
function refuseOthers(db: DatabaseSync, kind: FileKind): void {
  db.exec('BEGIN')
  const version = versionOf(db)
  const isEmpty = pragma(db, 'page_count') === 0 || isBeingMade(db)
  const application = pragma(db, 'application_id')
  db.exec('COMMIT')
  if (!isEmpty && (application !== kind.applicationId || version === 0)) {
    throw new FileRefused(
      'foreign',
      'a file in the data or vault folder was not made by Lantern for this use',
    )
  }
  if (version > kind.schemaVersion) {
    throw new FileRefused('newer', 'a data file was written by a newer Lantern: start that version instead')
  }
}

/** Another process has opened the file for the first time and has not come to its tables yet. */
function isBeingMade(db: DatabaseSync): boolean {
  return (
    pragma(db, 'application_id') === 0 &&
    db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
  )
}

function createTables(db: DatabaseSync, kind: FileKind): void {
  db.exec('BEGIN IMMEDIATE')
  if (versionOf(db) === 0)
    db.exec(`
      PRAGMA application_id = ${kind.applicationId};
      PRAGMA user_version = ${kind.schemaVersion};
      ${kind.schema}`)
  db.exec('COMMIT')
}

const BUSY = 5
const LOCKED = 6
const CORRUPT = 11
const NOT_A_DATABASE = 26

function translated(error: unknown): unknown {
  switch (sqliteCode(error)) {
    case BUSY:
    case LOCKED:
      return new FileRefused('busy', 'a data or vault file is in use by another process')
    case CORRUPT:
      return new FileRefused('damaged', 'a data or vault file is damaged')
    case NOT_A_DATABASE:
      return new FileRefused(
        'foreign',
        'a file in the data or vault folder was not made by Lantern for this use',
      )
    default:
      return error
  }
}
