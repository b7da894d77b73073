import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as passes } from 'node:timers/promises'
import { acceptInvite, invite } from '../desk/sign-up.ts'
import { type FakeTelegram, startFakeTelegram } from '../fakes/telegram/fake-telegram.ts'
import { type How, serve, type Served } from '../turns/served.ts'
import { everythingOf, type Hers } from './thief.ts'
import { TO_A_CASEWORKER, TO_MENU } from '../turns/ways.ts'

/**
 * The real program just before the moments at which faults are to strike: many people, each about to write one message.
 * A process that was killed is followed by the next one on the same folder, as in life.
 */
export type Role =
  /** At a topic, about to go to the menu. */
  | 'reads'
  /** At a topic, about to leave. */
  | 'leaves'
  /** Was asked whether all is to be erased. */
  | 'wipes'
  /** Likewise, and has a case at the desk. */
  | 'wipesCase'

const SECRET = 'a-secret-of-the-scene-0123456789'
/** The flows look at the shifts every three seconds. */
const SHIFT_MS = 3_200
const QUIET_MS = 250
const LEASES_MS = 2_500

export interface Scene {
  telegram: FakeTelegram
  folder: string
  /** Somebody about whom no fault has come yet; each is given out once. */
  next(role: Role): { person: number; hers: Hers }
  /** Somebody who never writes: she must lose nothing. */
  bystander: Hers
  /** What somebody reads of whom nothing is kept, whatever she writes first. */
  opening: string
  /** On this folder when no other is given. */
  start(how?: How, settings?: Record<string, string>, folder?: string): Promise<Served>
  /** Texts that reached a person since this call. */
  heard(person: number): () => string[]
  /** Everything that was written was taken, or the process is dead; and nothing more happens. */
  quiet(served: Served, diary?: string): Promise<'lives' | 'killed'>
  stop(): Promise<void>
}

const FIRST = { reads: 7_301_000_000, leaves: 7_302_000_000, wipes: 7_303_000_000, wipesCase: 7_304_000_000 }
const STAYS = 7_305_000_000

/** With so many of each. */
export async function prepareScene(counts: Readonly<Record<Role, number>>): Promise<Scene> {
  const telegram = await startFakeTelegram({ clock: { now: () => Date.now() } })
  const folder = mkdtempSync(join(tmpdir(), 'lantern-scene-'))
  /** Where it can be looked at from outside: not on a disk of the process's own. */
  const dataOf = new WeakMap<ChildProcess, string>()

  async function start(how: How = {}, settings: Record<string, string> = {}, on = folder) {
    const served = await serve(
      on,
      {
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_URL: telegram.apiRoot,
        TELEGRAM_WEBHOOK_SECRET: SECRET,
        SIMULATOR: 'off',
        ...settings,
      },
      how,
    )
    telegram.setWebhook(`${served.address}/webhooks/telegram`, SECRET)
    if (settings['DATA_DIR'] === undefined) dataOf.set(served.process, join(on, 'data'))
    return served
  }

  function heard(person: number): () => string[] {
    const before = telegram.calls.length
    return () =>
      telegram.calls
        .slice(before)
        .filter(
          ({ method, payload, result }) =>
            method === 'sendMessage' && payload['chat_id'] === person && result?.ok === true,
        )
        .map(({ payload }) => String(payload['text']))
  }

  /** What stands on her screen of the bot's; cheaper to ask for than all that was called. */
  const answers = (person: number) =>
    telegram.chat(person).flatMap(({ from, text = '' }) => (from === 'bot' ? [text] : []))

  async function say(person: number, ...texts: string[]): Promise<string> {
    for (const text of texts) {
      const before = answers(person).length
      telegram.personWrites(person, text)
      await telegram.until(() => answers(person).length > before)
    }
    return answers(person).at(-1) ?? ''
  }

  async function quiet({ process: child }: Served, diary?: string): Promise<'lives' | 'killed'> {
    const isDead = () => child.signalCode !== null || child.exitCode !== null
    const over = new AbortController()
    const idle = telegram.idle().then(() => 'idle' as const)
    const dead = isDead()
      ? Promise.resolve('dead' as const)
      : once(child, 'exit', { signal: over.signal }).then(
          () => 'dead' as const,
          () => 'dead' as const,
        )
    if ((await Promise.race([idle, dead])) === 'dead') return 'killed'
    const begin = performance.now()
    const activity = () =>
      `${telegram.calls.length} ${diary !== undefined && existsSync(diary) ? readFileSync(diary).length : 0}`
    for (let seen = ''; (seen !== activity() || isBusy(dataOf.get(child), begin)) && !isDead(); ) {
      seen = activity()
      await Promise.race([passes(QUIET_MS), dead])
    }
    over.abort()
    return isDead() ? 'killed' : 'lives'
  }

  const served = await start()
  const link = /\S+\/desk\/#invite=\S+/u.exec(served.output())?.[0] ?? ''
  const administrator = await acceptInvite(served.address, link)
  const caseworker = await acceptInvite(served.address, await invite(administrator, 'Scene'))
  await caseworker.post('me', { onShift: true })
  administrator.close()
  caseworker.close()
  await passes(SHIFT_MS)
  const ways: Readonly<Record<Role, readonly string[]>> = {
    reads: ['rights'],
    leaves: ['rights'],
    wipes: ['rights', 'erase'],
    wipesCase: [...TO_A_CASEWORKER, 'erase'],
  }
  const people = ROLES.flatMap((role) =>
    Array.from({ length: counts[role] }, (_, n) => ({ role, person: FIRST[role] + n })),
  )
  const [opening] = await Promise.all([
    say(STAYS + 1, 'hi'),
    say(STAYS, ...TO_MENU),
    ...people.map(({ role, person }) => say(person, ...TO_MENU, ...ways[role])),
  ])
  await quiet(served)
  await served.kill('SIGTERM')
  const all = await everythingOf(folder, [STAYS, ...people.map(({ person }) => person)])
  const hersOf = (person: number): Hers => {
    const hers = all.get(person)
    if (hers === undefined) throw new Error('more people are needed for so many faults')
    return hers
  }
  for (const { role, person } of people)
    if (role === 'wipesCase' && hersOf(person).case === undefined)
      throw new Error('there is no case at the desk')
  const given = { reads: 0, leaves: 0, wipes: 0, wipesCase: 0 }

  return {
    telegram,
    folder,
    bystander: hersOf(STAYS),
    opening,
    heard,
    start,
    quiet,
    next(role) {
      const person = FIRST[role] + given[role]
      given[role] += 1
      return { person, hers: hersOf(person) }
    },
    async stop() {
      await telegram.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Something is due that nobody has taken, or taken and not settled. A lease that a failed call left behind lasts a minute;
 * that is not waited for.
 */
function isBusy(data: string | undefined, since: number): boolean {
  if (data === undefined) return false
  const db = new DatabaseSync(join(data, 'data.db'), { readOnly: true })
  try {
    const due = 'SELECT count(*) AS count FROM conversations WHERE due_at <= ?'
    const waits = performance.now() - since < LEASES_MS ? '' : ' AND lease_until <= due_at'
    return Number(db.prepare(due + waits).get(Date.now())?.['count'] ?? 0) > 0
  } finally {
    db.close()
  }
}

const ROLES = ['reads', 'leaves', 'wipes', 'wipesCase'] as const

/** The process counts its points from here on. */
export async function arm(served: Served, diary: string): Promise<void> {
  writeFileSync(diary, '')
  served.process.kill('SIGUSR2')
  while (!readFileSync(diary, 'utf8').includes('armed\n')) await passes(5)
}
