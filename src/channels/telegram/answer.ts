import type { z } from 'zod'
import { refusalOf, type Refusal } from './refusal.ts'

/** What a call to Telegram came to. grammY's errors hold token, chat id and text, and end here. */
export type Answer<T> = { ok: true; result: T } | { ok: false; refusal: Refusal }

export async function answered<T>(call: Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, result: await call }
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) }
  }
}

/** An answer that has not the published form is not Telegram's. */
export async function read<T>(form: z.ZodType<T>, call: Promise<unknown>): Promise<Answer<T>> {
  const answer = await answered(call)
  if (!answer.ok) return answer
  const result = form.safeParse(answer.result)
  return result.success ? { ok: true, result: result.data } : { ok: false, refusal: { kind: 'unreachable' } }
}
