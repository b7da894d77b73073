import { expect, it } from 'vitest'
import { openKeys } from '../../src/privacy/open-keys.ts'
import type { Key, KeyId } from '../../src/privacy/vault.ts'
import { freshKey } from '../../src/privacy/wrap.ts'

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
