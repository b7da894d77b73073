import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { open, seal } from '../../src/privacy/sealing/seal.ts'
import { aKey } from './a-key.ts'

const key = aKey()
const name = { type: 'conversation', id: 'row-1', revision: 3 }

function sealed(text: string | Uint8Array, as = name, under = key): Uint8Array {
  const outcome = seal(under, as, typeof text === 'string' ? Buffer.from(text) : text)
  if (outcome.kind !== 'sealed') throw new Error('spent')
  return outcome.bytes
}

describe('a sealed record', () => {
  it('opens to what was sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9_000 }), (bytes) => {
        const outcome = open(key, name, sealed(bytes))
        expect(outcome.kind === 'opened' && Buffer.from(outcome.plaintext).equals(Buffer.from(bytes))).toBe(
          true,
        )
      }),
      { numRuns: 200 },
    )
  })

  it('is refused when any one byte was changed', () => {
    const bytes = sealed('a harmless line')
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(open(key, name, changed).kind, `byte ${at}`).toBe('refused')
    }
  })

  it('is refused in another row, type, revision or schema, and under another key', () => {
    const bytes = sealed('a harmless line')
    for (const other of [
      { ...name, id: 'row-2' },
      { ...name, type: 'item' },
      { ...name, revision: 2 },
      { ...name, schema: 2 },
    ])
      expect(open(key, other, bytes).kind).toBe('refused')
    expect(open(aKey(), name, bytes)).toEqual({ kind: 'refused', reason: 'key' })
  })

  it('is refused with a tag cut short, a byte more or less, and as nothing at all', () => {
    const bytes = sealed('a harmless line')
    for (const cut of [
      bytes.subarray(0, -12),
      bytes.subarray(0, -1),
      new Uint8Array([...bytes, 0]),
      new Uint8Array(),
    ])
      expect(open(key, name, cut).kind).toBe('refused')
  })

  it('hides how long a short text is', () => {
    const sizes = new Set(['', 'yes', 'a'.repeat(200)].map((text) => sealed(text).length))
    expect(sizes.size).toBe(1)
  })

  it('never looks the same twice', () => {
    const seen = new Set(Array.from({ length: 500 }, () => Buffer.from(sealed('same')).toString('hex')))
    expect(seen.size).toBe(500)
  })

  it('carries neither the text nor the key', () => {
    const bytes = Buffer.from(sealed('a quite long and telling line'))
    expect(bytes.includes('telling')).toBe(false)
    expect(bytes.includes(key.secret.export())).toBe(false)
  })
})
