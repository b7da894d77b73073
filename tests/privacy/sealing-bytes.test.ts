import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { framed } from '../../src/privacy/sealing/framed.ts'
import { paddedSize, padInto, unpad } from '../../src/privacy/sealing/padding.ts'
import { pseudonym } from '../../src/privacy/pseudonym.ts'
import { keyIdOf, open, seal, SEALS_PER_KEY } from '../../src/privacy/sealing/seal.ts'
import { sensitive } from '../../src/privacy/sensitive.ts'
import { subkey } from '../../src/privacy/sealing/subkeys.ts'
import type { Key, KeyId } from '../../src/privacy/vault/vault.ts'
import { freshKey, type Place, unwrap, wrap, WRAPPED } from '../../src/privacy/vault/wrap.ts'

/**
 * The construction of docs/decisions/0003, read byte by byte by a second hand: what lies in the files of today must open
 * with every version to come.
 */
const secret = randomBytes(32)
const id = randomBytes(16)
const key: Key = { id: id.toString('base64url') as KeyId, secret: createSecretKey(secret) }
const name = { type: 'conversation', id: 'row-1', revision: 2 ** 33 + 5 }
const small = { ...name, revision: 3 }

/** Each part behind its length in two bytes. */
function lined(...parts: (string | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part as string)
      return [Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]
    }),
  )
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

function sealed(text: string | Buffer, as: Parameters<typeof seal>[1] = small): Buffer {
  const outcome = seal(key, as, Buffer.from(text as string))
  if (outcome.kind !== 'sealed') throw new Error('spent')
  return Buffer.from(outcome.bytes)
}

describe('a sealed record, byte by byte', () => {
  it.each([
    [small, 1],
    [{ ...small, schema: 2 }, 2],
    [{ type: 'mark', id: 'ä'.repeat(128), revision: 0 }, 1],
  ])('is version, algorithm, key id, nonce, padded text and tag: %o', (as, schema) => {
    const bytes = sealed('she chose', as)
    expect([bytes[0], bytes[1]]).toEqual([1, 1])
    expect(bytes.subarray(2, 18)).toEqual(id)
    expect(bytes).toHaveLength(30 + 256 + 16)
    const sub = Buffer.from(hkdfSync('sha256', secret, '', `lantern1/${as.type}`, 32))
    const decipher = createDecipheriv('aes-256-gcm', sub, bytes.subarray(18, 30), { authTagLength: 16 })
    decipher.setAAD(lined('lantern1', as.type, String(schema), as.id, id, number(as.revision)))
    decipher.setAuthTag(bytes.subarray(-16))
    const padded = Buffer.concat([decipher.update(bytes.subarray(30, -16)), decipher.final()])
    expect(padded.readUInt32BE(0)).toBe(9)
    expect(padded.subarray(4, 13).toString()).toBe('she chose')
    expect(padded.subarray(13).every((byte) => byte === 0)).toBe(true)
  })

  it('names its key, and nothing else does', () => {
    const bytes = sealed('')
    expect(keyIdOf(bytes)).toBe(key.id)
    expect(keyIdOf(new Uint8Array([9, ...bytes]).subarray(1))).toBe(key.id)
    expect(keyIdOf(bytes.subarray(0, 46))).toBe(key.id)
    for (const other of [
      bytes.subarray(0, 45),
      bytes.subarray(0, 1),
      Buffer.concat([Buffer.from([2]), bytes.subarray(1)]),
      Buffer.concat([bytes.subarray(0, 1), Buffer.from([2]), bytes.subarray(2)]),
    ]) {
      expect(keyIdOf(other)).toBeUndefined()
      expect(open(key, small, other)).toEqual({ kind: 'refused', reason: 'format' })
    }
  })

  it('is refused as altered when it is, and when what it holds was never padded by us', () => {
    const bytes = sealed('she chose')
    bytes[40] = (bytes[40] ?? 0) ^ 1
    expect(open(key, small, bytes)).toEqual({ kind: 'refused', reason: 'altered' })
    expect(open(key, small, bytes.subarray(0, 46))).toEqual({ kind: 'refused', reason: 'altered' })
    const sub = Buffer.from(hkdfSync('sha256', secret, '', 'lantern1/conversation', 32))
    const cipher = createCipheriv('aes-256-gcm', sub, bytes.subarray(18, 30), { authTagLength: 16 })
    cipher.setAAD(lined('lantern1', 'conversation', '1', 'row-1', id, number(3)))
    const text = Buffer.concat([cipher.update(Buffer.alloc(100)), cipher.final()])
    const odd = Buffer.concat([bytes.subarray(0, 30), text, cipher.getAuthTag()])
    expect(open(key, small, odd)).toEqual({ kind: 'refused', reason: 'altered' })
  })

  it('is not made under a name that has no place in it', () => {
    expect(() => sealed('', { ...small, id: 'x'.repeat(257) })).toThrow('a record id is at most 256 bytes')
    expect(sealed('', { ...small, id: 'x'.repeat(256) })).toHaveLength(302)
    for (const revision of [-1, 1.5, Number.NaN])
      expect(() => sealed('', { ...small, revision })).toThrow('a revision is 0 or more')
    expect(sealed('', { ...small, revision: 0 })).toHaveLength(302)
    expect(() => subkey({ ...key, id: 'c2hvcnQ' as KeyId, secret: freshKey() }, 'a', 1)).toThrow(
      'a key id is 16 bytes',
    )
  })

  it('is not made any more when its key is spent, by its revision or by its uses', () => {
    expect(seal(key, { ...small, revision: SEALS_PER_KEY }, Buffer.alloc(1))).toEqual({ kind: 'spent' })
    expect(seal(key, { ...small, revision: SEALS_PER_KEY - 1 }, Buffer.alloc(1)).kind).toBe('sealed')
    const sub = subkey(key, 'spent', 1)
    const before = sub.uses
    sealed('', { ...small, type: 'spent' })
    expect(sub.uses).toBe(before + 1)
    sub.uses = SEALS_PER_KEY - 1
    expect(seal(key, { ...small, type: 'spent' }, Buffer.alloc(1)).kind).toBe('sealed')
    expect(seal(key, { ...small, type: 'spent' }, Buffer.alloc(1))).toEqual({ kind: 'spent' })
  })

  it.each([4092, 4093, 9000])(
    'holds a text of %i bytes, and leaves nothing of it for the next one',
    (length) => {
      const text = randomBytes(length)
      const bytes = sealed(text)
      const outcome = open(key, small, bytes)
      expect(outcome.kind === 'opened' && Buffer.from(outcome.plaintext).equals(text)).toBe(true)
    },
  )

  it('keeps one subkey for each type and schema of a key, and none of another', () => {
    expect(subkey(key, 'a', 1)).toBe(subkey(key, 'a', 1))
    const all = [
      subkey(key, 'a', 1),
      subkey(key, 'b', 1),
      subkey(key, 'a', 2),
      subkey(key, 'a/2', 1),
      subkey(key, 'a', 3),
    ]
    expect(new Set(all.map(({ aadStart }) => aadStart.toString('hex'))).size).toBe(5)
    expect(subkey({ ...key, secret: freshKey() }, 'a', 1)).not.toBe(all[0])
  })
})

describe('a padded text', () => {
  it.each([
    [0, 256],
    [252, 256],
    [253, 512],
    [508, 512],
    [509, 1024],
    [1021, 2048],
    [2045, 4096],
    [4092, 4096],
    [4093, 8192],
    [8188, 8192],
    [8189, 12_288],
  ])('of %i bytes takes %i', (length, size) => expect(paddedSize(length)).toBe(size))

  it('is followed by zeros, whatever lay there before', () => {
    const padded = padInto(Buffer.alloc(600, 7), Buffer.from('abc'))
    expect(padded).toHaveLength(256)
    expect(padded.subarray(7).every((byte) => byte === 0)).toBe(true)
    expect(unpad(padded)?.toString()).toBe('abc')
  })

  it('is none when its length and its size do not fit', () => {
    expect(unpad(Buffer.alloc(255))).toBeUndefined()
    expect(unpad(Buffer.alloc(2))).toBeUndefined()
    const longer = Buffer.alloc(256)
    longer.writeUInt32BE(253, 0)
    expect(unpad(longer)).toBeUndefined()
    longer.writeUInt32BE(252, 0)
    expect(unpad(longer)).toHaveLength(252)
    expect(unpad(Buffer.alloc(512))).toBeUndefined()
  })
})

describe('a framed list', () => {
  it('is each part behind its length', () => {
    expect(Buffer.from(framed(['aé', new Uint8Array([0, 255]), '']))).toEqual(
      Buffer.from([0, 3, 0x61, 0xc3, 0xa9, 0, 2, 0, 255, 0, 0]),
    )
    expect(framed(['x'.repeat(0xffff)])).toHaveLength(0xffff + 2)
    expect(() => framed(['x'.repeat(0x10000)])).toThrow('a framed part is longer than 65535 bytes')
  })
})

describe('a wrapped key', () => {
  const outer = freshKey()
  const place: Place = { role: 'dek', epoch: 7, id }

  it('is nonce, ciphertext and tag, bound to its place', () => {
    const inner = freshKey()
    const wrapped = wrap(outer, place, inner)
    expect(wrapped).toHaveLength(WRAPPED)
    const decipher = createDecipheriv('aes-256-gcm', outer.export(), wrapped.subarray(0, 12), {
      authTagLength: 16,
    })
    decipher.setAAD(lined('lantern1', 'dek', '7', id))
    decipher.setAuthTag(wrapped.subarray(44))
    const bytes = Buffer.concat([decipher.update(wrapped.subarray(12, 44)), decipher.final()])
    expect(bytes.equals(inner.export())).toBe(true)
    expect(unwrap(outer, place, wrapped)?.equals(inner)).toBe(true)
    expect(wrap(outer, place, inner).equals(wrapped)).toBe(false)
  })

  it('opens in no other place, under no other key, and in no other length', () => {
    const wrapped = wrap(outer, place, freshKey())
    for (const other of [
      { ...place, role: 'kek' as const },
      { ...place, epoch: 8 },
      { ...place, id: Buffer.alloc(16) },
    ])
      expect(unwrap(outer, other, wrapped)).toBeUndefined()
    expect(unwrap(freshKey(), place, wrapped)).toBeUndefined()
    for (const cut of [
      wrapped.subarray(0, 59),
      Buffer.concat([wrapped, Buffer.alloc(1)]),
      wrapped.subarray(0, 48),
    ])
      expect(unwrap(outer, place, cut)).toBeUndefined()
  })

  it('is fresh each time, of 32 bytes that are not zeros', () => {
    const keys = Array.from({ length: 20 }, () => freshKey().export())
    expect(new Set(keys.map((bytes) => bytes.toString('hex'))).size).toBe(20)
    for (const bytes of keys) expect(bytes.equals(Buffer.alloc(32))).toBe(false)
  })
})

describe('a name of a person', () => {
  const pepper = createSecretKey(secret)
  const of = (channel: string, ...address: string[]) =>
    createHmac('sha256', secret)
      .update(lined('lantern1/conversation', channel, ...address))
      .digest('base64url')

  it('is a hash of channel and address under the pepper', () => {
    expect(pseudonym(pepper, 'telegram', sensitive('7100'))).toBe(of('telegram', '7100'))
    expect(pseudonym(pepper, 'telegram', sensitive('+71 00'))).toBe(of('telegram', '+71 00'))
    expect(pseudonym(pepper, 'whatsapp', sensitive(' +49 (170) 12-34.5 '))).toBe(
      of('whatsapp', '491701234 5'.replace(' ', '')),
    )
    expect(pseudonym(pepper, 'whatsapp', sensitive('4917012345'))).toBe(of('whatsapp', '4917012345'))
    expect(pseudonym(pepper, 'whatsapp', sensitive('1 US.5'))).toBe(of('whatsapp', '1 US.5'))
    expect(pseudonym(pepper, 'whatsapp', sensitive('US.5 1'))).toBe(of('whatsapp', 'US.5 1'))
  })
})

describe('a withheld value', () => {
  it('shows its mark wherever it lands, and itself only when it is asked', () => {
    const value = sensitive('rosewood')
    const mark = '[withheld]'
    expect(String(value)).toBe(mark)
    expect(['value', value].join(' ')).toBe(`value ${mark}`)
    expect(JSON.stringify({ value })).toBe(`{"value":"${mark}"}`)
    expect(inspect(value)).toBe(mark)
    expect(inspect({ value })).toBe(`{ value: ${mark} }`)
    expect(Object.prototype.toString.call(value)).toBe('[object Sensitive]')
    expect(Object.keys(value)).toEqual([])
    expect(value.reveal()).toBe('rosewood')
  })
})
