import type { CaseAnswer, DeskEvent, QueueAnswer } from '../../src/desk/wire.ts'
import type { BrowserLine } from '../../tests/desk/browser-line.ts'
import type { Watch } from './watch.ts'

/**
 * A page of the desk without its pixels: it asks what src/desk/ui/server/line.ts and state/cases.ts ask when an event comes. A case
 * of its own that changed is fetched from the last entry that it has; the queue is fetched whenever it changed, or, to
 * see what the way of one message costs by itself, not at all.
 */
export interface Screen {
  name: string
  line: BrowserLine
  open(): Promise<void>
  queue(): Promise<QueueAnswer['queue']>
  claim(id: string): Promise<void>
  followQueue(follows: boolean): void
  /** Everything in its cases, anew. */
  threads(): Promise<CaseAnswer[]>
  /** Answers under way. */
  /** Gives one of its cases back to the queue, and takes it again when the returned function is called. */
  giveBack(): Promise<() => Promise<void>>
  busy(): number
  /** Bytes of queues that it was sent. */
  queueBytes(): number
}

export function createScreen(
  name: string,
  line: BrowserLine,
  watch: Watch,
  fail: (error: unknown) => void,
): Screen {
  const held = new Map<string, number>()
  let follows = false
  let busy = 0
  let queueBytes = 0

  async function look(work: () => Promise<void>): Promise<void> {
    busy += 1
    try {
      await work()
    } catch (error) {
      fail(error)
    } finally {
      busy -= 1
    }
  }

  async function loadCase(id: string): Promise<void> {
    const { entries } = await line.get<CaseAnswer>(`cases/${id}?after=${held.get(id) ?? 0}`)
    watch.show(entries)
    held.set(id, Math.max(held.get(id) ?? 0, entries.at(-1)?.seq ?? 0))
  }

  async function loadQueue(): Promise<void> {
    queueBytes += await line.drain('queue')
  }

  function heed(event: DeskEvent): void {
    if (event.kind === 'case' && held.has(event.id)) void look(() => loadCase(event.id))
    else if (event.kind === 'queue' && follows) void look(loadQueue)
    else if (event.kind === 'withdrawn') fail(new Error('a case was withdrawn that nobody withdrew'))
  }

  return {
    name,
    line,
    open: () => line.listen((event) => heed(event as DeskEvent)),
    queue: async () => (await line.get<QueueAnswer>('queue')).queue,
    async claim(id) {
      const { entries } = await line.post<CaseAnswer>(`cases/${id}/claim`, { after: 0 })
      held.set(id, entries.at(-1)?.seq ?? 0)
    },
    async giveBack() {
      const [id] = held.keys()
      if (id === undefined) throw new Error('this desk has no case')
      await line.post<CaseAnswer>(`cases/${id}/release`, { after: held.get(id) ?? 0 })
      return async () => void (await line.post<CaseAnswer>(`cases/${id}/claim`, { after: held.get(id) ?? 0 }))
    },
    followQueue: (does) => void (follows = does),
    threads: () => Promise.all([...held.keys()].map((id) => line.get<CaseAnswer>(`cases/${id}?after=0`))),
    busy: () => busy,
    queueBytes: () => queueBytes,
  }
}
