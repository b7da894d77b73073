import { spawnSync } from 'node:child_process'
import { createSecretKey, type KeyObject } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Random } from '../../operations/environment.ts'
import { syncFolder } from '../../storage/sqlite/file.ts'

/**
 * The root key, 32 bytes. From a file that only its owner may read, made at the first start; from a systemd credential,
 * whose folder systemd keeps from others; or from a command, such as one that asks a key service, which says the 32
 * bytes raw, in hex or in base64. Whatever else is found is refused rather than used or repaired. Whoever holds the root
 * key without the vault holds nothing.
 */
export type RootKey = { kind: 'loaded' | 'created'; key: KeyObject } | { kind: 'refused'; problem: string }

export type RootSource =
  | { kind: 'file' | 'credential'; path: string }
  /** The program's whole path and its arguments; no shell reads them. */
  | { kind: 'command'; command: readonly string[] }

const BYTES = 32
const COMMAND_MS = 10_000

export function rootKeyFrom(source: RootSource, random: Random): RootKey {
  switch (source.kind) {
    case 'file':
      return rootKey(source.path, random)
    case 'credential':
      return credential(source.path)
    case 'command':
      return said(source.command)
  }
}

export function rootKey(path: string, random: Random): RootKey {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return { kind: 'created', key: created(path, random) }
  if (!stat.isFile()) return refused('ROOT_KEY_FILE is not a file')
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
    return refused('ROOT_KEY_FILE may be read by others: set its mode to 0400')
  }
  return loaded(readFileSync(path)) ?? refused('ROOT_KEY_FILE must hold exactly 32 bytes')
}

/** systemd gives a service's user access by the folder and an access list, so the file's own mode says less. */
function credential(path: string): RootKey {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isFile() !== true) return refused('ROOT_KEY_CREDENTIAL names no credential of this service')
  if ((stat.mode & 0o007) !== 0) return refused('ROOT_KEY_CREDENTIAL may be read by others')
  return loaded(readFileSync(path)) ?? refused('ROOT_KEY_CREDENTIAL must hold exactly 32 bytes')
}

/** What it says on standard error is thrown away too: it may quote the key. */
function said([program = '', ...args]: readonly string[]): RootKey {
  const { stdout, status, error } = spawnSync(program, args, {
    shell: false,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: COMMAND_MS,
    killSignal: 'SIGKILL',
    maxBuffer: 1024,
    windowsHide: true,
  })
  try {
    if (error !== undefined || status !== 0)
      return refused(
        `ROOT_KEY_COMMAND ${error !== undefined && 'code' in error && error.code === 'ETIMEDOUT' ? 'did not end within 10 seconds' : 'failed'}`,
      )
    const bytes = stdout.length === BYTES ? Buffer.from(stdout) : decoded(stdout.toString('latin1').trim())
    return loaded(bytes) ?? refused('ROOT_KEY_COMMAND must say 32 bytes, raw, in hex or in base64')
  } finally {
    // Null where the program could not be started.
    stdout?.fill(0)
  }
}

function decoded(text: string): Buffer {
  if (/^[\da-f]{64}$/iu.test(text)) return Buffer.from(text, 'hex')
  return /^[\w+/-]{43}=?$/u.test(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0)
}

/** Overwrites `bytes`. */
function loaded(bytes: Buffer): RootKey | undefined {
  try {
    return bytes.length === BYTES ? { kind: 'loaded', key: createSecretKey(bytes) } : undefined
  } finally {
    bytes.fill(0)
  }
}

function refused(problem: string): RootKey {
  return { kind: 'refused', problem }
}

function created(path: string, random: Random): KeyObject {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const bytes = random.bytes(BYTES)
  const handle = openSync(path, 'wx', 0o400)
  try {
    writeSync(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  syncFolder(dirname(path))
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}
