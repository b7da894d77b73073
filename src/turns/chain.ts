/** Runs the turns of one conversation one after another, and those of different conversations side by side. */
export interface Chains {
  run<T>(key: string, task: () => Promise<T>): Promise<T>
  /** Something of this key is under way or waits. */
  busy(key: string): boolean
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

export function createChains(): Chains {
  const last = new Map<string, Promise<unknown>>()
  return {
    run(key, task) {
      const before = last.get(key) ?? Promise.resolve()
      const mine = before.then(task, task)
      last.set(key, mine)
      const leave = () => {
        if (last.get(key) === mine) last.delete(key)
      }
      mine.then(leave, leave)
      return mine
    },
    busy: (key) => last.has(key),
    async idle() {
      while (last.size > 0) await Promise.allSettled(last.values())
    },
  }
}
