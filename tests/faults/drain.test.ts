import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { startBothPlatforms, writtenOnWhatsApp } from '../channels/both-platforms.ts'
import { serve } from '../turns/served.ts'
import { PHONES, sends, twoServers } from './on-two-servers.ts'

const HOUSE = join(import.meta.dirname, '../..')
const PHONE = '999000000091'

const servers = twoServers()

/** The exit code, and all that it wrote. */
async function drain(folder: string, port: string): Promise<{ code: unknown; said: string }> {
  const words = [join(HOUSE, 'src/cli/preflight.js'), 'drain', '--port', port]
  const env = {
    PATH: process.env['PATH'],
    DATA_DIR: join(folder, 'data'),
    VAULT_DIR: join(folder, 'vault'),
  }
  return promisify(execFile)(process.execPath, words, { cwd: folder, env }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: unknown; stderr: string }) => ({ code: error.code, said: error.stderr }),
  )
}

it('lantern drain lets a message that is on its way out arrive, ends the process, and says so', async () => {
  const both = await startBothPlatforms()
  onTestFinished(() => both.stop())
  const { port } = new URL(both.served.address)
  const socket = join(both.folder, 'data', `process-${port}.sock`)
  expect(existsSync(socket)).toBe(true)
  both.whatsapp.fail('*', { kind: 'slow', ms: 1_500 })
  both.whatsapp.personWrites(PHONE, 'hello')
  await both.whatsapp.until(() => both.whatsapp.calls.length === 1)
  const ended = once(both.served.process, 'exit')
  const began = performance.now()
  expect(await drain(both.folder, port)).toEqual({
    code: 0,
    said: 'It has given everything back, and ended.\n',
  })
  expect((await ended)[0]).toBe(0)
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(writtenOnWhatsApp(both, PHONE)).toHaveLength(1)
  expect(existsSync(socket)).toBe(false)

  const again = await drain(both.folder, port)
  expect(again.code).toBe(1)
  expect(again.said).toMatch(/^No Lantern of this DATA_DIR serves port/u)
  await both.killAndStart()
  both.whatsapp.personWrites(PHONE, 'yes')
  await both.whatsapp.until(() => writtenOnWhatsApp(both, PHONE).length === 2)
  expect(both.whatsapp.calls).toHaveLength(2)
}, 60_000)

it.each(['lantern drain', 'SIGTERM'] as const)(
  '%s beside another process: not ready at once, what comes meanwhile is answered, and the other goes on without waiting',
  async (how) => {
    const both = await startBothPlatforms({ ...servers().settings })
    const second = await serve(both.folder, both.settings)
    onTestFinished(async () => {
      await second.kill('SIGTERM')
      await both.stop()
    })
    const { port } = new URL(both.served.address)
    const texts = () => PHONES.map((phone) => writtenOnWhatsApp(both, phone).length)
    both.whatsapp.fail('*', { kind: 'slow', ms: 4_000 }, 4)
    // Two messages each to one person: the first is on its way out when the time to begin is over.
    for (const text of ['hello', 'yes']) {
      for (const phone of PHONES) both.whatsapp.personWrites(phone, text)
      await both.whatsapp.idle()
    }
    expect(both.whatsapp.calls).toHaveLength(2)
    const ended = once(both.served.process, 'exit')
    const began = performance.now()
    const asked = how === 'SIGTERM' ? both.served.process.kill('SIGTERM') : drain(both.folder, port)
    let ready = await fetch(`${both.served.address}/health/ready`)
    while (ready.status === 200) ready = await fetch(`${both.served.address}/health/ready`)
    expect(await ready.json()).toEqual({ ready: false, unwell: ['stopping'] })
    const beforeThat = both.whatsapp.delivered.length
    both.whatsapp.personWrites(PHONES[0] ?? '', 'I understand')
    await both.whatsapp.idle()
    expect(both.whatsapp.delivered.slice(beforeThat)).toMatchObject([{ answered: 200, attempts: 1 }])
    sends(both, second)
    expect((await ended)[0]).toBe(0)
    expect(performance.now() - began).toBeLessThan(10_000)
    if (how === 'lantern drain') expect(await asked).toMatchObject({ code: 0 })

    await both.whatsapp.until(() => texts().join() === '3,2')
    // A lease that was not given back would hold them for a minute.
    expect(performance.now() - began).toBeLessThan(25_000)
    expect(both.whatsapp.calls).toHaveLength(5)
  },
  90_000,
)
