import { expect, test } from 'vitest'
import { wait } from '../../../src/channels/telegram/wait.ts'

test('a wait ends with its time or with its signal, and never rejects', async () => {
  await expect(wait(1)).resolves.toBeUndefined()
  const stopping = new AbortController()
  const waiting = wait(3_600_000, stopping.signal)
  stopping.abort()
  await expect(waiting).resolves.toBeUndefined()
  await expect(wait(3_600_000, stopping.signal)).resolves.toBeUndefined()
})
