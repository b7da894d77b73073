import { signal } from '@preact/signals'
import type { Result } from './api.ts'

/** Some requests need a fresh touch of the passkey or code: the dialog opens, and then the request is made again. */

export const touchWanted = signal<((done: boolean) => void) | undefined>(undefined)

export async function withFreshTouch<T>(request: () => Promise<Result<T>>): Promise<Result<T>> {
  const first = await request()
  if (first.ok || first.why !== 'again') return first
  const touched = await new Promise<boolean>((resolve) => {
    touchWanted.value = resolve
  })
  touchWanted.value = undefined
  return touched ? request() : first
}
