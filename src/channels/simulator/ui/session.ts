import type { Look } from '../../../../flows/context.ts'
import type { Memory } from './memory.ts'

/** The phone's memory lives in this tab and ends with it. */

export function recall(look: Look): Memory | undefined {
  const found = sessionStorage.getItem(key(look))
  if (found === null) return undefined
  const memory: Memory = JSON.parse(found)
  return memory
}

export function remember(look: Look, memory: Memory): void {
  sessionStorage.setItem(key(look), JSON.stringify(memory))
}

export function recallLook(): Look {
  return sessionStorage.getItem('look') === 'telegram' ? 'telegram' : 'whatsapp'
}

export function rememberLook(look: Look): void {
  sessionStorage.setItem('look', look)
}

function key(look: Look): string {
  return `phone.${look}`
}
