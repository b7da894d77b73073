import { sensitive } from '../../src/privacy/sensitive.ts'
import type { House } from './house.ts'

/** The platform takes its time over the first message that is sent from now on. */
export function slowPlatform({ platform }: House) {
  const begun = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  const usual = platform.answer
  platform.answer = async () => {
    platform.answer = usual
    begun.resolve()
    await ended.promise
    return { kind: 'sent', messageId: sensitive('on-its-way') }
  }
  return { begun: begun.promise, end: () => ended.resolve() }
}
