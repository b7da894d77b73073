import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from './icons.tsx'

/** A sheet that rises from the bottom of the phone: takes the focus when it opens, and Escape closes it. */

interface Props {
  label: string
  onClose: () => void
  children: ComponentChildren
}

export function Sheet({ label, onClose, children }: Props) {
  const sheet = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    sheet.current
      ?.querySelector<HTMLElement>('.sheet-body button, .sheet-body select, .sheet-body input')
      ?.focus()
  }, [])
  return (
    <>
      <div class="veil" onClick={onClose} aria-hidden="true" />
      <div
        ref={sheet}
        class="sheet"
        role="dialog"
        aria-label={label}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose()
        }}
      >
        <div class="sheet-head">
          <h2 dir="auto">{label}</h2>
          <button type="button" class="plain" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        <div class="sheet-body">{children}</div>
      </div>
    </>
  )
}
