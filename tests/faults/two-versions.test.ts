import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { FLOW_VERSION } from '../../flows/machine.ts'
import { startBothPlatforms, writtenOnWhatsApp } from '../channels/both-platforms.ts'
import { serve } from '../turns/served.ts'
import { CHAT, PHONES, sends, twoServers } from './on-two-servers.ts'

/** The whole program in two versions on the same servers, as during an update: the newer one is this tree with a newer stamp. */
const HOUSE = join(import.meta.dirname, '../..')
const servers = twoServers()
let newerHouse: string
beforeAll(() => {
  mkdirSync(join(HOUSE, 'reports'), { recursive: true })
  newerHouse = mkdtempSync(join(HOUSE, 'reports/newer-'))
  for (const part of ['src', 'flows', 'locales', 'packs', 'package.json'])
    cpSync(join(HOUSE, part), join(newerHouse, part), { recursive: true })
  symlinkSync(join(HOUSE, 'node_modules'), join(newerHouse, 'node_modules'))
  const machine = join(newerHouse, 'flows/machine.ts')
  const before = readFileSync(machine, 'utf8')
  const after = before.replace(
    `FLOW_VERSION = '${FLOW_VERSION}'`,
    `FLOW_VERSION = '${Number(FLOW_VERSION) + 1}'`,
  )
  if (after === before) throw new Error('the stamp is written otherwise now')
  writeFileSync(machine, after)
})
afterAll(() => rmSync(newerHouse, { recursive: true, force: true }))

it('what the newer one wrote waits at the platform while the older one is asked, and is answered once by the newer', async () => {
  const both = await startBothPlatforms({ ...servers().settings })
  const newer = await serve(both.folder, both.settings, { house: newerHouse })
  onTestFinished(async () => {
    await newer.kill('SIGTERM')
    await both.stop()
  })
  const [her = '', other = ''] = PHONES
  const hers = () => writtenOnWhatsApp(both, her)
  both.whatsapp.personWrites(her, 'hello')
  await both.whatsapp.idle()
  await both.whatsapp.until(() => hers().length === 1)
  sends(both, newer)
  both.whatsapp.personWrites(her, 'yes')
  both.telegram.personWrites(CHAT, 'hello')
  await both.taken()
  await both.whatsapp.until(() => hers().length === 2)

  sends(both, both.served)
  both.whatsapp.personWrites(her, 'exit')
  await both.whatsapp.until(() => (both.whatsapp.delivered.at(-1)?.attempts ?? 0) > 2)
  expect(both.whatsapp.delivered.at(-1)?.answered).toBe(503)
  // Others are served by the older one all the while, so nothing makes it give her message up.
  for (const text of ['hello', 'yes', 'I understand', 'menu', 'rights']) {
    both.whatsapp.personWrites(other, text)
    const count = writtenOnWhatsApp(both, other).length
    await both.whatsapp.until(() => writtenOnWhatsApp(both, other).length > count)
  }
  expect(hers()).toHaveLength(2)
  expect(both.served.output()).toMatch(/"code":"record\.newer"/u)

  sends(both, newer)
  await both.taken()
  await both.whatsapp.until(() => hers().length === 3)
  expect(both.served.output()).not.toMatch(/turn\.unreadable|itemGivenUp/u)
  // She left, and the newer one knew where she was: what she had read is not shown again.
  both.whatsapp.personWrites(her, 'blue cup')
  await both.taken()
  await both.whatsapp.until(() => hers().length === 4)
  expect(hers().at(-1)).toMatch(/good moment/u)
}, 120_000)
