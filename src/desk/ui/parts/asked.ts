import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Failure, get } from '../server/api.ts'
import { line } from '../state/store.ts'
import { language } from '../wording.ts'

/**
 * What a part asks for when it appears, and again when its question changes, the line comes back or the desk speaks
 * another language.
 */

export type Asked<T> = { value?: T; why?: Failure }

const PAUSE_MS = 200

/** `again`: asked anew when it changes. */
export function useAsked<T>(path: string, query: Record<string, string> = {}, again = 0): Signal<Asked<T>> {
  const asked = useSignal<Asked<T>>({})
  const key = JSON.stringify(query)
  const on = line.value === 'on'
  const fresh = asked.value.value === undefined
  useEffect(() => {
    let wanted = true
    const timer = setTimeout(
      () => {
        void get<T>(path, query).then((answer) => {
          if (wanted) asked.value = answer.ok ? { value: answer.value } : { ...asked.value, why: answer.why }
        })
      },
      fresh ? 0 : PAUSE_MS,
    )
    return () => {
      wanted = false
      clearTimeout(timer)
    }
    // `query` is told apart by what it says.
  }, [path, key, on, language.value, again])
  return asked
}
