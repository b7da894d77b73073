import { signal } from '@preact/signals'
import { showDirectory } from './state/directory-notice.ts'
import { leaveCase } from './state/let-go.ts'
import { me, openCase, phase, tool, view } from './state/store.ts'
import type { Key } from './wording.ts'

/**
 * One key for what is done often. By the place of the key, so that an Arabic keyboard has them too; never while typing or
 * in a dialog; and they can be switched off (WCAG 2.1.4).
 */

export const shortcutsShown = signal(false)
export const shortcutsOn = signal(true)

export const SHORTCUTS: { shown: string; code: string; key: Key; run: () => void }[] = [
  { shown: 'Q', code: 'KeyQ', key: 'shortcuts.queue', run: leaveCase },
  { shown: 'D', code: 'KeyD', key: 'shortcuts.directory', run: directory },
  { shown: 'F', code: 'KeyF', key: 'shortcuts.find', run: () => focus('.finder input') },
  { shown: 'J', code: 'KeyJ', key: 'shortcuts.next', run: () => move(1) },
  { shown: 'K', code: 'KeyK', key: 'shortcuts.previous', run: () => move(-1) },
  { shown: 'R', code: 'KeyR', key: 'shortcuts.write', run: () => focus('.composer textarea') },
  { shown: 'P', code: 'KeyP', key: 'shortcuts.phrases', run: () => toggle('phrases') },
  { shown: 'C', code: 'KeyC', key: 'shortcuts.cards', run: () => toggle('cards') },
  { shown: 'N', code: 'KeyN', key: 'shortcuts.notes', run: () => toggle('notes') },
]

export function listenForShortcuts(): void {
  addEventListener('keydown', (event) => {
    if (phase.value !== 'in' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (!shortcutsOn.value || document.querySelector('dialog[open]') !== null) return
    const { target } = event
    if (target instanceof HTMLElement && target.closest('input, textarea, select') !== null) return
    if (event.key === '?' || event.key === '؟') shortcutsShown.value = true
    else {
      const shortcut = SHORTCUTS.find(({ code }) => code === event.code)
      if (shortcut === undefined || event.shiftKey) return
      shortcut.run()
    }
    event.preventDefault()
  })
}

function toggle(wanted: 'phrases' | 'cards' | 'notes'): void {
  if (openCase.value !== undefined && view.value === 'case')
    tool.value = tool.value === wanted ? undefined : wanted
}

/** An auditor has no directory. */
function directory(): void {
  if (me.value?.role !== 'auditor') showDirectory('services')
}

/** Among the buttons of the queue that claim or open, or the services of the directory. */
function move(step: 1 | -1): void {
  const buttons = [...document.querySelectorAll<HTMLElement>('[data-claim], [data-open], [data-service]')]
  const here = buttons.findIndex((button) => button === document.activeElement)
  const aim = here === -1 ? (step === 1 ? 0 : buttons.length - 1) : here + step
  buttons[(aim + buttons.length) % buttons.length]?.focus()
}

function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus()
}
