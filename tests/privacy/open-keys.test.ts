import { expect, it } from 'vitest'
import { openKeys } from '../../src/privacy/vault/open-keys.ts'
import type { Key, KeyId } from '../../src/privacy/vault/vault.ts'
import { freshKey } from '../../src/privacy/vault/wrap.ts'

const keyOf = (name: string): Key => ({ id: name as KeyId, secret: freshKey() })
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}${n}`)

it('a sweep over many keys, again and again, pushes out none that was in use', () => {
  const held = openKeys(256)
  const people = names('person', 190)
  // As a turn does it: it opens her key, and the courier opens it again.
  for (const name of people) {
    held.add(keyOf(name))
    held.get(name as KeyId)
  }
  for (let sweeps = 0; sweeps < 3; sweeps += 1)
    for (const name of names('case', 500)) if (held.get(name as KeyId) === undefined) held.add(keyOf(name))
  expect(people.filter((name) => held.get(name as KeyId) === undefined)).toEqual([])
})

it('never holds more than it may, and nothing that was dropped', () => {
  const held = openKeys(8)
  const all = names('key', 40)
  for (const name of all) {
    held.add(keyOf(name))
    held.get(name as KeyId)
  }
  const living = all.filter((name) => held.get(name as KeyId) !== undefined)
  expect(living).toEqual(all.slice(-6))
  held.drop('key39' as KeyId)
  expect(held.get('key39' as KeyId)).toBeUndefined()
  held.clear()
  expect(held.get('key38' as KeyId)).toBeUndefined()
})

it('holds so many that were asked for once, a quarter, and the oldest of them makes room', () => {
  const held = openKeys(8)
  const [a, b, c] = ['a', 'b', 'c'].map(keyOf) as [Key, Key, Key]
  for (const key of [a, b, c]) held.add(key)
  expect(held.get(a.id)).toBeUndefined()
  expect(held.get(b.id)).toBe(b)
  expect(held.get(c.id)).toBe(c)
})

it('keeps longest what was asked for last', () => {
  const held = openKeys(4)
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(keyOf) as [Key, Key, Key, Key]
  for (const key of [a, b, c]) {
    held.add(key)
    held.get(key.id)
  }
  held.get(a.id)
  held.add(d)
  held.get(d.id)
  expect([a, b, c, d].map(({ id }) => held.get(id)?.id)).toEqual(['a', undefined, 'c', 'd'])
})

it('leaves a key among those in use when it is added again, and gives back the newer one', () => {
  const held = openKeys(4)
  const [first, newer] = [keyOf('a'), keyOf('a')]
  held.add(first)
  held.get(first.id)
  held.add(newer)
  for (const name of names('case', 10)) held.add(keyOf(name))
  expect(held.get(first.id)).toBe(newer)
})

it('holds one key that was asked for once, however small the limit', () => {
  for (const limit of [1, 2, 3]) {
    const held = openKeys(limit)
    const key = keyOf('a')
    held.add(key)
    expect(held.get(key.id)).toBe(key)
  }
})

it('forgets what was asked for once too, when it is dropped and when all are', () => {
  const held = openKeys(8)
  const [a, b] = [keyOf('a'), keyOf('b')]
  held.add(a)
  held.add(b)
  held.drop(a.id)
  expect(held.get(a.id)).toBeUndefined()
  held.clear()
  expect(held.get(b.id)).toBeUndefined()
})
