import { tool } from './state/store.ts'

/** Closes what helps beside the thread. The focus goes to `aim`, or back to the button that opened it. */
export function closeTool(aim = `[data-tool="${tool.value ?? ''}"]`): void {
  tool.value = undefined
  // On a narrow screen the thread is not there before the next picture.
  requestAnimationFrame(() => document.querySelector<HTMLElement>(aim)?.focus())
}
