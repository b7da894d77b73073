import { once } from 'node:events'
import { randomBytes, randomInt } from 'node:crypto'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passes } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BrowserLine } from '../desk/browser-line.ts'
import { acceptInvite, invite } from '../desk/sign-up.ts'
import type { KeyId } from '../../src/privacy/vault/vault.ts'
import type { QueueAnswer } from '../../src/desk/wire.ts'
import { type BothPlatforms, startBothPlatforms, writtenOnWhatsApp } from '../channels/both-platforms.ts'
import { type Canary, findResidue, forms } from '../privacy/residue.ts'
import { measured } from './table.ts'
import { lookInto } from './thief.ts'
import { TO_A_CASEWORKER, TO_MENU } from '../turns/ways.ts'
import { freePort } from '../free-port.ts'

/**
 * Two people, one on each platform, each with a caseworker, erase everything. Then every file of the real program is
 * searched for everything of theirs, in every form: data, vault, what it logged, its metrics, and what it said when it
 * broke down with all of it in the error.
 */
const word = (name: string) => `${name} ${randomBytes(9).toString('base64url')} é"\\`
const CHAT = randomInt(2 ** 46, 2 ** 47)
const PHONE = `999${String(randomInt(100_000_000, 999_999_999))}`
const TEXTS = { hers: word('she wrote'), theirs: word('they wrote'), note: word('a note') }

let both: BothPlatforms
let desk: BrowserLine
let outside: string
let metricsPort: number
beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), 'lantern-residue-outside-'))
  metricsPort = await freePort()
  both = await startBothPlatforms(
    { METRICS_PORT: String(metricsPort), CRASH_WITH: join(outside, 'secrets') },
    {
      how: { node: ['--import', join(import.meta.dirname, 'crash.ts')] },
      // Long enough not to be found by chance.
      lastMessage: randomInt(1_000_000_000, 2_000_000_000),
    },
  )
  const { address } = both.served
  const link = /\S+\/desk\/#invite=\S+/u.exec(both.served.output())?.[0] ?? ''
  const administrator = await acceptInvite(address, link)
  desk = await acceptInvite(address, await invite(administrator, 'Day shift'))
  await desk.post('me', { onShift: true })
  administrator.close()
  await passes(3_200)
}, 120_000)
afterAll(async () => {
  desk.close()
  await both.stop()
  rmSync(outside, { recursive: true })
})

const onTelegram = () => both.telegram.chat(CHAT).filter(({ from }) => from === 'bot').length
const onWhatsApp = () => writtenOnWhatsApp(both, PHONE).length

async function sayOnBoth(text: string, answered = true): Promise<void> {
  const [chat, phone] = [onTelegram(), onWhatsApp()]
  both.telegram.personWrites(CHAT, text)
  both.whatsapp.personWrites(PHONE, text)
  await both.taken()
  if (!answered) return
  await Promise.all([
    both.telegram.until(() => onTelegram() > chat),
    both.whatsapp.until(() => onWhatsApp() > phone),
  ])
}

async function talkWithTheDesk(): Promise<void> {
  const { queue } = await desk.get<QueueAnswer>('queue')
  expect(queue).toHaveLength(2)
  const [chat, phone] = [onTelegram(), onWhatsApp()]
  for (const { id } of queue) {
    await desk.post(`cases/${id}/claim`, { after: 0 })
    await desk.post(`cases/${id}/note`, { entry: entryId(), text: TEXTS.note, after: 0 })
    await desk.post(`cases/${id}/write`, { entry: entryId(), text: TEXTS.theirs, after: 0 })
  }
  await both.telegram.until(() => onTelegram() >= chat + 2)
  await both.whatsapp.until(() => onWhatsApp() >= phone + 2)
  await sayOnBoth(TEXTS.hers, false)
  for (const { id } of queue)
    for (let seen = false; !seen; await passes(50))
      seen = JSON.stringify(await desk.get(`cases/${id}`)).includes(JSON.stringify(TEXTS.hers).slice(1, -1))
}

const entryId = () => randomBytes(16).toString('base64url')

interface Canaries {
  /** Lie open in the files while she is there. */
  open: Canary[]
  /** Never lie open anywhere. */
  sealed: Canary[]
}

async function canaries(): Promise<Canaries> {
  const open: Canary[] = []
  const sealed: Canary[] = [TEXTS.hers, TEXTS.theirs, TEXTS.note, PHONE, String(CHAT)]
  const bytes = (name: string, of: Uint8Array) => ({ name, bytes: of })
  const chat = Buffer.alloc(8)
  chat.writeBigUInt64BE(BigInt(CHAT))
  sealed.push(bytes('chat id, big-endian', chat), bytes('chat id, little-endian', chat.toReversed()))
  sealed.push(...both.telegram.chat(CHAT).map(({ id }) => String(id)))
  sealed.push(...both.whatsapp.sends.map(({ wamid }) => wamid))
  await lookInto(both.folder, async ({ vault, conversations, cases }) => {
    const keyIds: KeyId[] = []
    for await (const { id, keyId } of conversations.keyIds()) {
      open.push(bytes('pseudonym', Buffer.from(id, 'base64url')))
      keyIds.push(keyId)
    }
    for await (const { keyId } of cases.keyIds()) keyIds.push(keyId)
    expect(keyIds).toHaveLength(4)
    for (const keyId of keyIds) {
      open.push(bytes('key id', Buffer.from(keyId, 'base64url')))
      const key = await vault.open(keyId)
      if (key !== undefined) sealed.push(bytes('key', key.secret.export()))
    }
  })
  return { open, sealed }
}

async function collect(): Promise<void> {
  const at = join(both.folder, 'collected')
  mkdirSync(at, { recursive: true })
  writeFileSync(join(at, 'log'), both.served.output())
  if (both.served.process.exitCode !== null) return
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  expect(metrics).toContain('lantern_wipes_total')
  writeFileSync(join(at, 'metrics'), metrics)
}

/** Every form of every canary, each in a file by itself. */
function controlFindings(all: readonly Canary[]): string[] {
  return all.flatMap((canary) =>
    forms(canary).flatMap(({ form, bytes, canary: name }) => {
      const folder = mkdtempSync(join(outside, 'control-'))
      writeFileSync(join(folder, 'file'), Buffer.concat([randomBytes(64), bytes, randomBytes(64)]))
      const isFound = findResidue([folder], [canary]).some((found) => found.form === form)
      rmSync(folder, { recursive: true })
      return isFound ? [] : [`the scanner is blind to "${name}" as ${form}`]
    }),
  )
}

describe('after two people with caseworkers erased everything', () => {
  it('no file holds anything of theirs, in any form', async (context) => {
    for (const text of [...TO_MENU, ...TO_A_CASEWORKER]) await sayOnBoth(text)
    await passes(500)
    await talkWithTheDesk()
    const { open, sealed } = await canaries()
    const all = [...open, ...sealed]
    await collect()
    const blind = controlFindings(all)
    const before = new Set(findResidue([both.folder], open).map(({ canary }) => canary))
    measured(context, {
      measure: 'scanner: a planted canary is found (canaries x forms)',
      runs: all.flatMap(forms).length,
      failures: blind.length,
    })
    expect(blind).toEqual([])
    expect(before).toEqual(new Set(['pseudonym', 'key id']))
    const early = findResidue([both.folder], sealed)
    measured(context, {
      measure: 'nothing that is sealed lies open before a wipe',
      runs: sealed.length,
      failures: early.length,
    })
    expect(early).toEqual([])

    await sayOnBoth('erase')
    const [calls, phone] = [both.telegram.callsOf('sendMessage').length, onWhatsApp()]
    both.telegram.personWrites(CHAT, 'yes')
    both.whatsapp.personWrites(PHONE, 'yes')
    await both.taken()
    await both.telegram.until(() => both.telegram.callsOf('sendMessage').length > calls)
    await both.whatsapp.until(() => onWhatsApp() > phone)
    await collect()
    const left = findResidue([both.folder], all)
    measured(context, {
      measure: 'no residue in any file, log or metric after a wipe',
      runs: all.flatMap(forms).length,
      failures: left.length,
    })
    expect(left).toEqual([])

    writeFileSync(
      join(outside, 'secrets'),
      [TEXTS.hers, PHONE, String(CHAT), ...both.whatsapp.sends.map(({ wamid }) => wamid)].join('\n'),
    )
    const ended = once(both.served.process, 'exit')
    both.served.process.kill('SIGUSR2')
    await ended
    await passes(50)
    await collect()
    expect(both.served.output()).toContain('process.unhandled')
    const said = findResidue([both.folder], all)
    measured(context, {
      measure: 'no residue in what a crash says',
      runs: all.flatMap(forms).length,
      failures: said.length,
    })
    expect(said).toEqual([])
  }, 300_000)
})
