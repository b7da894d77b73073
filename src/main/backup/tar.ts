import { closeSync, fsyncSync, mkdirSync, openSync, readSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * A plain tar file (ustar) of a few named files, so that a backup can be looked into without Lantern. Reading takes the
 * names that it is asked for and nothing else, whatever the file says.
 */
const BLOCK = 512
const PIECE = 1024 * 1024
const LARGEST = 8 ** 11 - 1

export function packTar(path: string, folder: string, names: readonly string[]): void {
  const out = openSync(path, 'wx', 0o600)
  try {
    for (const name of names) {
      const { size } = statSync(join(folder, name))
      writeSync(out, headerOf(name, size))
      const file = openSync(join(folder, name), 'r')
      try {
        copy(file, 0, size, out)
      } finally {
        closeSync(file)
      }
      writeSync(out, Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK))
    }
    writeSync(out, Buffer.alloc(2 * BLOCK))
    fsyncSync(out)
  } finally {
    closeSync(out)
  }
}

/** Resolves to the names that were there. Throws for what is no tar file, or is cut off. */
export function unpackTar(path: string, folder: string, names: readonly string[]): string[] {
  const file = openSync(path, 'r')
  const found: string[] = []
  try {
    const header = Buffer.alloc(BLOCK)
    for (let at = 0; readSync(file, header, 0, BLOCK, at) === BLOCK && header[0] !== 0; ) {
      const { name, size } = readHeader(header)
      at += BLOCK
      if (names.includes(name) && !found.includes(name)) {
        found.push(name)
        mkdirSync(dirname(join(folder, name)), { recursive: true, mode: 0o700 })
        const out = openSync(join(folder, name), 'wx', 0o600)
        try {
          copy(file, at, size, out)
          fsyncSync(out)
        } finally {
          closeSync(out)
        }
      }
      at += Math.ceil(size / BLOCK) * BLOCK
    }
    return found
  } finally {
    closeSync(file)
  }
}

function copy(from: number, start: number, size: number, to: number): void {
  const piece = Buffer.alloc(Math.min(PIECE, size))
  for (let done = 0; done < size; ) {
    const length = readSync(from, piece, 0, Math.min(piece.length, size - done), start + done)
    if (length === 0) throw new RangeError('a file of the backup is cut off')
    for (let written = 0; written < length; ) written += writeSync(to, piece, written, length - written)
    done += length
  }
}

/** name 100 | mode 8 | owner 8 | group 8 | size 12 | time 12 | sum 8 | type 1 | link 100 | "ustar" 6 | version 2 */
function headerOf(name: string, size: number): Buffer {
  if (size > LARGEST) throw new RangeError('a data file is larger than a tar file can hold: use a folder')
  const header = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, length: number) =>
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at)
  header.write(name, 0)
  octal(0o600, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(0, 136, 12)
  header.fill(' ', 148, 156)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

function readHeader(header: Buffer): { name: string; size: number } {
  const text = (from: number, to: number) => header.toString('latin1', from, to).replace(/[\0 ]+.*$/su, '')
  const sum = Number.parseInt(text(148, 156), 8)
  const plain = Buffer.from(header)
  plain.fill(' ', 148, 156)
  const size = Number.parseInt(text(124, 136), 8)
  if (sum !== sumOf(plain) || !Number.isSafeInteger(size)) throw new RangeError('this is no tar file')
  return { name: text(0, 100), size }
}

function sumOf(header: Buffer): number {
  return header.reduce((sum, byte) => sum + byte, 0)
}
