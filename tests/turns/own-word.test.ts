import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hashWord, isWord } from '../../src/turns/heard/own-word.ts'

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) }

describe('a word of her own', () => {
  it.each([
    ['Yellow Kite', '  yellow\u00a0 \tKITE\n'],
    ['Straße', 'STRASSE'],
    ['café', 'cafe\u0301'],
    ['ﬁre', 'fire'],
  ])('%j is the same word as %j', async (chosen, typed) => {
    expect(await isWord(typed, await hashWord(chosen, random))).toBe(true)
  })

  it('is not a near one, nor an empty one', async () => {
    const secret = await hashWord('yellow kite', random)
    for (const typed of ['yellow kit', 'yellowkite', 'yellow kite!', ''])
      expect(await isWord(typed, secret)).toBe(false)
  })

  it('is salted: the same word twice leaves nothing in common', async () => {
    const [one, two] = await Promise.all([hashWord('kite', random), hashWord('kite', random)])
    expect(one.salt).not.toBe(two.salt)
    expect(one.hash).not.toBe(two.hash)
    expect(Buffer.from(one.salt, 'base64url')).toHaveLength(16)
  })

  it('is compared with a damaged hash without a throw', async () => {
    expect(await isWord('kite', { salt: 'AAAAAAAAAAAAAAAAAAAAAA', hash: 'AA' })).toBe(false)
  })
})
