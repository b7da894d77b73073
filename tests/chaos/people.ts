import { setTimeout as passes } from 'node:timers/promises'
import { TO_A_CASEWORKER, TO_MENU } from '../turns/ways.ts'
import { COVER_LINES, OPENING, startDialogue, WIPE_FAILED } from './dialogue.ts'
import type { Asks, Event, History } from './history.ts'
import type { Person, Platforms } from './platforms.ts'
import type { Chance } from './seeded.ts'

/**
 * Scripted people. Each comes for the first time, reads here and there, sometimes writes three times without waiting, and
 * then leaves, erases all, asks for a person, or just stops; after her comes the next one.
 */
export interface Crowd {
  /** Resolves when nobody says anything any more: everyone has what she waits for, or `giveUp` aborted. */
  end(giveUp: AbortSignal): Promise<void>
  /** Those who erased all, and said nothing since. */
  gone(): readonly Person[]
  everybody(): readonly Person[]
}

interface World {
  history: History
  platforms: Pick<Platforms, 'says'>
  chance: Chance
  /** Called before she confirms that all is to be erased. */
  beforeWipe(person: Person): Promise<void>
  paceMs: { from: number; to: number }
}

interface Reader {
  next(person: Person, reads: readonly string[]): Promise<string>
  /** What she waits for may never come, now that she leaves. */
  forget(person: Person): void
}
/** So long she waits for the line after a wipe, which nobody can bring again. */
const WIPE_LINE_MS = 60_000

export function startCrowd(world: World, size: number): Crowd {
  const { history, chance } = world
  const everybody: Person[] = []
  const gone = new Set<Person>()
  const waiting = new Map<string, { reads: readonly string[]; resolve: (text: string) => void }[]>()
  let isEnding = false
  let giveUp: AbortSignal | undefined

  history.onEvent((event: Event) => {
    if (event.kind !== 'shown') return
    const hers = waiting.get(event.person) ?? []
    const first = hers.find(({ reads }) => reads.includes(event.text))
    if (first === undefined) return
    waiting.set(
      event.person,
      hers.filter((one) => one !== first),
    )
    first.resolve(event.text)
  })
  const reads: Reader = {
    next: (person, texts) =>
      new Promise((resolve) => {
        waiting.set(person.name, [...(waiting.get(person.name) ?? []), { reads: texts, resolve }])
      }),
    forget: (person) => void waiting.delete(person.name),
  }
  const pause = () => passes(chance.whole(world.paceMs.from, world.paceMs.to))

  async function seat(place: number): Promise<void> {
    const channel = place % 2 === 0 ? 'whatsapp' : 'telegram'
    await passes(chance.whole(0, world.paceMs.to))
    while (!isEnding) {
      const number = everybody.length + 1
      const person: Person =
        channel === 'whatsapp'
          ? { name: `w${number}`, channel, address: `9990001${String(number).padStart(5, '0')}` }
          : { name: `t${number}`, channel, address: String(7_200_000_000 + number) }
      everybody.push(person)
      const life = createLife({ world, person, reads, pause, isEnding: () => isEnding })
      if (await life()) gone.add(person)
    }
  }
  const seats = Array.from({ length: size }, (_, place) => seat(place))

  return {
    everybody: () => everybody,
    gone: () => [...gone],
    async end(signal) {
      isEnding = true
      giveUp = signal
      const aborted = new Promise<void>((resolve) => {
        giveUp?.addEventListener('abort', () => resolve(), { once: true })
      })
      await Promise.race([Promise.all(seats), aborted])
    },
  }
}

interface LifeParts {
  world: World
  person: Person
  reads: Reader
  pause(): Promise<unknown>
  isEnding(): boolean
}

/** One person from her first hello on; resolves whether she erased all and says nothing any more. */
function createLife({ world, person, reads, pause, isEnding }: LifeParts): () => Promise<boolean> {
  const { chance, platforms } = world
  const dialogue = startDialogue(person.channel)

  function say(text: string, answers: string[], asks?: Asks): Promise<string> {
    const answer = reads.next(person, answers)
    platforms.says(person, text, { reads: answers, ...(asks === undefined ? {} : { asks }) })
    return answer
  }

  async function walk(turns: number): Promise<void> {
    for (let turn = 0; turn < turns && !isEnding(); turn += 1) {
      await pause()
      await Promise.all(burst(chance.of(0.25) ? 3 : 1))
    }
  }
  const burst = (count: number) =>
    Array.from({ length: count }, () => {
      const { text, reads: answer } = dialogue.wander(chance)
      return say(text, [answer])
    })

  async function leave(): Promise<void> {
    // What she asked for a moment ago may come or not; nothing may come after that.
    if (chance.of(0.6)) void burst(chance.whole(1, 3))
    reads.forget(person)
    dialogue.say('exit')
    await say('exit', [...COVER_LINES], 'exit')
    if (isEnding() || chance.of(0.4)) return
    await pause()
    await say('blue cup', [dialogue.say('blue cup')])
    await pause()
    await say('yes', [dialogue.say('yes')])
    await walk(3)
  }

  async function erase(): Promise<boolean> {
    await world.beforeWipe(person)
    for (;;) {
      await say('erase', [dialogue.say('erase')])
      await pause()
      const line = say('yes', [...COVER_LINES, WIPE_FAILED, OPENING(person.channel)], 'wipe')
      const answer = await Promise.race([line, passes(WIPE_LINE_MS)])
      // Nobody knows what she stands before: she says nothing any more.
      if (answer === undefined) return false
      if (answer === WIPE_FAILED) continue
      if (answer === OPENING(person.channel)) return false
      if (isEnding() || chance.of(0.5)) return true
      await pause()
      await say('hello', [dialogue.beginAgain()])
      return false
    }
  }

  async function askForSomeone(): Promise<void> {
    for (const [place, text] of TO_A_CASEWORKER.entries()) {
      await pause()
      await say(text, [dialogue.say(text)], place === TO_A_CASEWORKER.length - 1 ? 'case' : undefined)
    }
    await walk(2)
  }

  return async () => {
    for (const text of TO_MENU) {
      await say(text, [dialogue.say(text)])
      await pause()
    }
    await walk(chance.whole(3, 9))
    const fate = chance.next()
    if (fate < 0.35) await leave()
    else if (fate < 0.6) return erase()
    else if (fate < 0.8) await askForSomeone()
    return false
  }
}
