import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'

/**
 * A row or column of buttons that is one stop of the Tab key; the arrow keys, Home and End move inside. The child renders
 * each button with the `tabIndex` that it is given.
 */

const MOVES: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

interface Props {
  label: string
  class: string
  children: (tabIndex: (position: number) => 0 | -1) => ComponentChildren
}

export function ArrowGroup({ label, class: className, children }: Props) {
  const current = useSignal(0)
  const group = useRef<HTMLDivElement>(null)

  function buttons(): HTMLButtonElement[] {
    return [...(group.current?.querySelectorAll('button') ?? [])]
  }

  function move(event: KeyboardEvent): void {
    const all = buttons()
    const here = all.findIndex((button) => button === document.activeElement)
    const step = MOVES[event.key]
    const aim =
      step !== undefined
        ? (here + step + all.length) % all.length
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? all.length - 1
            : undefined
    if (aim === undefined) return
    event.preventDefault()
    current.value = aim
    all[aim]?.focus()
  }

  return (
    // A group takes no focus itself: the keys come from the button inside that has it.
    <div ref={group} role="group" aria-label={label} class={className} onKeyDown={move}>
      {children((position) => (position === current.value ? 0 : -1))}
    </div>
  )
}
