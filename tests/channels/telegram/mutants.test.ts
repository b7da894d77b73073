import { test } from 'vitest'
import { readMutatedUpdates } from './mutants.ts'

test('2,000 broken updates are read or refused, none throws and none takes long', () => {
  readMutatedUpdates(2_000)
})
