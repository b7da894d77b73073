import { createInterface } from 'node:readline/promises'

/** How setup speaks with the administrator; a test brings its own. */
export interface Dialogue {
  tell(line: string): void
  /** undefined: nobody is there to answer. */
  agrees(question: string): Promise<boolean | undefined>
  /** Empty where nobody is there, or nothing was typed. */
  asks(question: string): Promise<string>
}

/** `yes` answers every question that can be answered so. */
export function terminalDialogue({ yes }: { yes: boolean }): Dialogue {
  const there = process.stdin.isTTY && process.stdout.isTTY
  const typed = async (question: string) => {
    const lines = createInterface({ input: process.stdin, output: process.stdout })
    try {
      // An input that ends without an answer is a no.
      const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('n')))
      return (await Promise.race([lines.question(question), ended])).trim()
    } finally {
      lines.close()
    }
  }
  return {
    tell: (line) => console.log(line),
    async agrees(question) {
      if (yes) return true
      return there ? /^(?:y|yes)?$/iu.test(await typed(`${question} [Y/n] `)) : undefined
    },
    asks: async (question) => (there && !yes ? typed(`${question} `) : ''),
  }
}
