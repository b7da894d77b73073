import { setTimeout as wait } from 'node:timers/promises'
import { type Server, startServer } from '../server.ts'
import { whatsappSettings } from '../webhook/wires.ts'
import type { LagMeter } from './lag.ts'
import { createPeople, type People } from './people.ts'
import { createScreen, type Screen } from './screen.ts'
import { acceptInvite, invite, type Login, setPassword } from '../../tests/desk/sign-up.ts'
import { createWatch, type Watch } from './watch.ts'

/**
 * The real program on core 0, with so many desks whose pages are open, and so many people who asked for a person over
 * WhatsApp: everything goes through the doors that it has in use, and nothing is written into its files.
 */
export interface House {
  server: Server
  people: People
  screens: readonly Screen[]
  watch: Watch
  /** Who can sign in with a password. */
  logins: readonly Login[]
  /** People whose case somebody has. */
  talking: readonly number[]
  /** Throws what went wrong at any screen meanwhile. */
  check(): void
  stop(): Promise<void>
}

export interface Wish {
  desks: number
  cases: number
  /** Each desk takes so many of them. */
  each: number
  logins: number
  meter?: LagMeter
}

const PEOPLE_AT_ONCE = 500
const DESKS_AT_ONCE = 8
/** The flows look at the shifts every three seconds. */
const SHIFT_MS = 3_200
const LOOK_MS = 100
const PATIENCE_MS = 30_000

/** Everybody in one run of the bench is somebody else. */
let people = 0

export async function openHouse({ desks, cases, each, logins, meter }: Wish): Promise<House> {
  const crowd = await createPeople()
  const profile = process.env['BENCH_CPU_PROF']
  const server = await startServer({
    core: 0,
    nodeArgs: [
      ...(meter?.nodeArgs ?? []),
      ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
    ],
    environment: {
      ...whatsappSettings(crowd.apiUrl),
      ...meter?.environment,
    },
  })
  crowd.goTo(server.address)
  const screens: Screen[] = []
  const withPassword: Login[] = []
  const watch = createWatch()
  const failures: unknown[] = []
  const fail = (error: unknown) => void failures.push(error)

  async function stop(): Promise<void> {
    for (const { line } of screens) line.close()
    await crowd.close()
    await server.stop()
  }

  try {
    const link = /\S+\/desk\/#invite=\S+/u.exec(server.said())?.[0] ?? ''
    const administrator = await acceptInvite(server.address, link)
    await atOnce(DESKS_AT_ONCE, desks, async (n) => {
      const name = `Desk ${n + 1}`
      const line = await acceptInvite(server.address, await invite(administrator, name))
      await line.post('me', { onShift: true })
      screens.push(createScreen(name, line, watch, fail))
      if (n < logins) withPassword.push(await setPassword(line, name))
    })
    administrator.close()
    await wait(SHIFT_MS)
    const first = people + 1
    people += cases
    await atOnce(PEOPLE_AT_ONCE, cases, (n) => crowd.askForHelp(first + n))
    await claimAll(screens, cases, each)
    await until(() => crowd.connected.size === desks * each, 'not everybody heard that somebody is there')
    await atOnce(DESKS_AT_ONCE, desks, async (n) => screens[n]?.open())
  } catch (error) {
    await stop()
    throw error
  }
  return {
    server,
    people: crowd,
    screens,
    watch,
    logins: withPassword,
    talking: [...crowd.connected],
    check() {
      if (failures.length > 0) throw failures[0]
      if (crowd.strays() > 0)
        throw new Error(`${crowd.strays()} messages reached people that nobody had asked for`)
    },
    stop,
  }
}

async function claimAll(screens: readonly Screen[], cases: number, each: number): Promise<void> {
  const [one] = screens
  let queue = (await one?.queue()) ?? []
  const begin = performance.now()
  while (queue.length < cases && performance.now() - begin < PATIENCE_MS) {
    await wait(LOOK_MS)
    queue = (await one?.queue()) ?? []
  }
  if (queue.length !== cases) throw new Error(`${cases} people asked, and ${queue.length} cases are open`)
  await atOnce(DESKS_AT_ONCE, screens.length, async (n) => {
    for (const { id } of queue.slice(n * each, n * each + each)) await screens[n]?.claim(id)
  })
}

async function until(isSo: () => boolean, otherwise: string): Promise<void> {
  for (const begin = performance.now(); !isSo(); await wait(LOOK_MS))
    if (performance.now() - begin > PATIENCE_MS) throw new Error(otherwise)
}

async function atOnce(lanes: number, all: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let n = (next += 1) - 1; n < all; n = (next += 1) - 1) await work(n)
    }),
  )
}
