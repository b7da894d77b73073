/** The command line: one module a command, loaded only when it is asked for. Each resolves to the exit code. */
interface Command {
  run(args: string[]): Promise<number>
}

const COMMANDS: Readonly<Record<string, { about: string; load(): Promise<Command> }>> = {
  start: { about: 'start the service and print its address', load: () => import('./start.ts') },
  drain: { about: 'let the running service finish what it has, and end', load: () => import('./drain.ts') },
  talk: { about: 'hold the conversation in this terminal', load: () => import('./talk.ts') },
  setup: { about: 'set up Telegram and WhatsApp, step by step', load: () => import('./setup.ts') },
  understand: { about: 'show how typed lines are understood', load: () => import('./understand.ts') },
  check: {
    about: 'name every problem in flows, languages, packs and settings; --online: at the platforms too',
    load: () => import('./check.ts'),
  },
  locales: {
    about: 'what of each language is reviewed; its texts out to a translator and back in',
    load: () => import('./locales.ts'),
  },
  book: {
    about: 'every page of a language beside the English, to be reviewed on paper',
    load: () => import('./book.ts'),
  },
  services: {
    about: 'the directory: a sheet in, published by another person, what must be dialled, out again',
    load: () => import('./services.ts'),
  },
  flows: { about: 'draw the conversation: lantern flows draw', load: () => import('./flows.ts') },
  staff: { about: 'invite, list and disable people at the desk', load: () => import('./staff.ts') },
  keys: { about: 'change the key that wraps all keys: lantern keys rotate', load: () => import('./keys.ts') },
  backup: { about: 'copy the sealed data, without any key', load: () => import('./backup.ts') },
  restore: { about: 'put a backup in the place of the data', load: () => import('./restore.ts') },
  disclose: {
    about: 'show everything that is kept of one person',
    load: () => import('./disclose.ts'),
  },
  stats: {
    about: 'what may be shown of a month: contacts, languages, topics, gaps, answers; --hxl: for others',
    load: () => import('./stats.ts'),
  },
  audit: { about: "check the desk's audit log: lantern audit verify", load: () => import('./audit.ts') },
}

export async function lantern([name = 'help', ...args]: string[]): Promise<void> {
  process.on('uncaughtException', endedBy)
  process.on('unhandledRejection', endedBy)
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) {
    const lines = Object.entries(COMMANDS).map(([known, { about }]) => `  ${known.padEnd(12)}${about}`)
    process.stderr.write(`Usage: npm run -s lantern -- <command>\n${lines.join('\n')}\n`)
    process.exitCode = name === 'help' || name === '--help' ? 0 : 1
    return
  }
  const { run } = await command.load()
  process.exitCode = await run(args)
}

/** A fault of our own must not print what a command was given (an address, a token): only its class and its place. */
function endedBy(error: unknown): void {
  import('../operations/log.ts').then(
    ({ createLog, shapeOf }) => {
      createLog().event('process.unhandled', { error: shapeOf(error) })
      process.exit(1)
    },
    () => process.exit(1),
  )
}
