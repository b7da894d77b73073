import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passes } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { QueueAnswer } from '../../src/desk/wire.ts'
import { openRedis } from '../../src/storage/redis/link/link.ts'
import { type BrowserLine, openLine } from '../desk/browser-line.ts'
import { setPassword, signIn } from '../desk/sign-up.ts'
import { type Authenticator, createAuthenticator } from '../fakes/authenticator.ts'
import { type FakeTelegram, startFakeTelegram } from '../fakes/telegram/fake-telegram.ts'
import { serve, type Served } from '../turns/served.ts'
import { TO_A_CASEWORKER, TO_MENU } from '../turns/ways.ts'
import { twoServers } from './on-two-servers.ts'
import { type RoundRobin, roundRobin } from './round-robin.ts'

/** The desk of two whole processes on real servers, behind a proxy that gives each request to the other one. */
const servers = twoServers()
const SECRET = 'a-secret-of-the-test-0123456789'
/** The flows look at the shifts every three seconds. */
const SHIFT_MS = 3_200
const MINUTE = 60_000

let folder: string
let telegram: FakeTelegram
let processes: Served[]
let proxy: RoundRobin
const lines: BrowserLine[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-desks-'))
  telegram = await startFakeTelegram({ clock: { now: () => Date.now() } })
  const settings = {
    ...servers().settings,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.apiRoot,
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    SIMULATOR: 'off',
  }
  processes = [await serve(folder, settings), await serve(folder, settings)]
  telegram.setWebhook(`${processes[0]?.address}/webhooks/telegram`, SECRET)
  proxy = await roundRobin(processes.map(({ address }) => address))
})
afterEach(async () => {
  for (const line of lines.splice(0)) line.close()
  proxy.close()
  for (const one of processes) await one.kill('SIGKILL')
  await telegram.stop()
  rmSync(folder, { recursive: true })
})

/** A page at the proxy, with a device of its own that comes in by this link. */
async function comesIn(link: string): Promise<{ line: BrowserLine; device: Authenticator }> {
  const line = openLine(proxy.address)
  lines.push(line)
  const device = createAuthenticator(`http://localhost:${new URL(proxy.address).port}`)
  const token = link.split('invite=')[1] ?? ''
  const { options } = await line.post<{ options: unknown }>('invite/accept/passkey/options', { token })
  await line.post('invite/accept/passkey', { token, response: device.make(options), language: 'en' })
  return { line, device }
}

async function touches({ line, device }: Awaited<ReturnType<typeof comesIn>>, path: string): Promise<void> {
  const { options } = await line.post<{ options: unknown }>(`${path}/options`)
  await line.post(path, { response: device.touch(options) })
}

async function asksForAPerson(person: number): Promise<void> {
  const answers = () => telegram.chat(person).filter(({ from }) => from === 'bot').length
  for (const text of [...TO_MENU, ...TO_A_CASEWORKER]) {
    const before = answers()
    telegram.personWrites(person, text)
    await telegram.until(() => answers() > before)
  }
}

async function waitingCase(line: BrowserLine): Promise<string> {
  return vi.waitFor(
    async () => {
      const { queue } = await line.get<QueueAnswer>('queue')
      const waiting = queue.find(({ state }) => state === 'waiting')
      if (waiting === undefined) throw new Error('nobody waits')
      return waiting.id
    },
    { timeout: 20_000, interval: 250 },
  )
}

it('is one desk: who comes in, what needs a touch, the glass and the alarm, also when the process that asked has died', async () => {
  const links = processes.map((one) => /\S+\/desk\/#invite=\S+/u.exec(one.output())?.[0] ?? '')
  const tokens = new Set(links.map((link) => link.split('invite=')[1]))
  expect(tokens.size).toBe(1)
  const administrator = await comesIn(links[1] ?? '')
  const invited = async (name: string, role: string) => {
    await touches(administrator, 'again/passkey')
    const made = await administrator.line.post<{ link: string }>('accounts/invite', { name, role })
    return comesIn(made.link)
  }
  const boss = await invited('Boss', 'supervisor')
  const watcher = await invited('Watcher', 'supervisor')
  const worker = await invited('Worker', 'caseworker')
  await worker.line.post('me', { onShift: true })
  await passes(SHIFT_MS)

  // A password with codes, and with it a page whose line each of the two holds.
  const login = await setPassword(watcher.line, 'Watcher')
  await watcher.line.post('sign-out')
  const heard: { kind: string; id?: string }[][] = []
  for (const [at, { address }] of processes.entries()) {
    const line = await signIn(address, login, at)
    lines.push(line)
    const all: { kind: string; id?: string }[] = []
    heard.push(all)
    await line.listen((event) => all.push(event as { kind: string }))
  }
  const bothHear = async (kind: string, id: string, within: number) =>
    vi.waitFor(
      () => {
        for (const all of heard) expect(all).toContainEqual(expect.objectContaining({ kind, id }))
      },
      { timeout: within, interval: 250 },
    )

  // A fresh touch, a glass that is broken in one process and honoured in both.
  await asksForAPerson(7_401_000_001)
  const first = await waitingCase(worker.line)
  await worker.line.post(`cases/${first}/claim`, { after: 0 })
  await touches(boss, 'sign-in/passkey')
  await touches(boss, 'again/passkey')
  await boss.line.post(`cases/${first}/break-glass`, { reason: 'complaint' })
  for (const at of [0, 1]) {
    proxy.next(at)
    expect(await boss.line.get(`cases/${first}`)).toMatchObject({ case: { id: first } })
  }
  await bothHear('glass', first, 5_000)

  // As if she had waited for sixteen minutes: one of the two notices, at its next minute.
  await asksForAPerson(7_401_000_002)
  const second = await waitingCase(worker.line)
  const way = await openRedis(servers().data.url)
  const row = Buffer.from(`{desk}:case:${second}`)
  await way.at(row, ['HSET', row, 'changed', String(Date.now() - 16 * MINUTE)])
  await way.close()
  await bothHear('alarm', second, 2 * MINUTE)

  proxy.next(0)
  const { options } = await boss.line.post<{ options: unknown }>('sign-in/passkey/options')
  await processes[0]?.kill('SIGKILL')
  proxy.next(1)
  await boss.line.post('sign-in/passkey', { response: boss.device.touch(options) })
  proxy.next(1)
  expect(await boss.line.get(`cases/${first}`)).toMatchObject({ case: { id: first } })
}, 300_000)
