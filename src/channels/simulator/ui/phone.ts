import { type ReadonlySignal, signal } from '@preact/signals'
import type { Look } from '../../../../flows/context.ts'
import type { KeptShown } from '../wire.ts'
import {
  type Bubble,
  type Content,
  emptyMemory,
  erased,
  happened,
  type Memory,
  refused,
  taken,
  wrote,
} from './memory.ts'
import { recall, remember } from './session.ts'
import * as server from './server.ts'

/**
 * One phone: its memory, its line to the server, and what a person can do with it. What was written while the server was
 * away is sent when it is back, in order; what arrived twice is shown once.
 */

export interface Phone {
  look: Look
  memory: ReadonlySignal<Memory>
  online: ReadonlySignal<boolean>
  /** undefined until asked, null when the server keeps nothing. */
  kept: ReadonlySignal<KeptShown | null | undefined>
  write(content: Content, shown?: Pick<Bubble, 'text' | 'sign'>): void
  draft(text: string): void
  block(blocked: boolean): void
  /** Another phone with another address; this one is thrown away. */
  renew(): void
  /** Asks the server what it keeps. */
  lookAgain(): Promise<void>
  connect(): void
  disconnect(): void
}

const FIRST_WAIT_MS = 300
const LONGEST_WAIT_MS = 3000

export function createPhone(look: Look, newTag: () => string): Phone {
  const memory = signal<Memory>(recall(look) ?? emptyMemory(`${look}/${newTag()}`))
  const online = signal(false)
  const kept = signal<KeptShown | null | undefined>(undefined)
  let line: AbortController | undefined
  let sending = false

  function change(next: Memory): void {
    memory.value = next
    remember(look, next)
  }

  /** Sends what waits, oldest first; stops at the first that finds the server away. */
  async function send(): Promise<void> {
    if (sending) return
    sending = true
    for (let next = memory.value.waiting[0]; next !== undefined; next = memory.value.waiting[0]) {
      const { tag } = next
      const { name } = memory.value
      const outcome = await server.write(memory.value, next)
      if (memory.value.name !== name) continue
      if (outcome.kind === 'away') break
      change(outcome.kind === 'taken' ? taken(memory.value, tag, outcome.at) : refused(memory.value, tag))
      void lookAgain()
    }
    sending = false
  }

  async function lookAgain(): Promise<void> {
    const { name } = memory.value
    const answer = await server.kept(memory.value)
    if (answer === undefined || memory.value.name !== name) return
    if (answer.kept === null && kept.value !== undefined && kept.value !== null)
      change(erased(memory.value, { what: 'record', count: 1, at: answer.at }))
    kept.value = answer.kept
  }

  async function follow(signalOfEnd: AbortSignal): Promise<void> {
    let wait = FIRST_WAIT_MS
    while (!signalOfEnd.aborted) {
      await server.listen(memory.value, signalOfEnd, {
        open() {
          wait = FIRST_WAIT_MS
          online.value = true
          void send()
          void lookAgain()
        },
        event({ id, event }) {
          if (signalOfEnd.aborted) return
          change(happened(memory.value, id, event))
          void lookAgain()
        },
      })
      if (signalOfEnd.aborted) return
      online.value = false
      await pause(wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    }
  }

  const phone: Phone = {
    look,
    memory,
    online,
    kept,
    write(content, shown) {
      change(wrote(memory.value, { tag: newTag(), content }, shown))
      void send()
    },
    draft(text) {
      change({ ...memory.value, draft: text })
    },
    block(blocked) {
      change({ ...memory.value, blocked })
      phone.write({ kind: blocked ? 'blocked' : 'unblocked' })
    },
    renew() {
      phone.disconnect()
      kept.value = undefined
      change(emptyMemory(`${look}/${newTag()}`))
      phone.connect()
    },
    lookAgain,
    connect() {
      if (line !== undefined) return
      line = new AbortController()
      void follow(line.signal)
    },
    disconnect() {
      line?.abort()
      line = undefined
      online.value = false
    },
  }
  return phone
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
