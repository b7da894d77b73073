import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

/** Of a double click, only the first counts: `mark` says whether this one may go, and `sent` stays for a moment. */

const STAYS_MS = 2_500

export function useSent(): [sent: boolean, mark: () => boolean] {
  const sent = useSignal(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return [
    sent.value,
    () => {
      if (sent.value) return false
      sent.value = true
      timer.current = setTimeout(() => (sent.value = false), STAYS_MS)
      return true
    },
  ]
}
