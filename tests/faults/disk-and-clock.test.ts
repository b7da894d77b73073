import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as passes } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Served } from '../turns/served.ts'
import { findResidue } from '../privacy/residue.ts'
import { doneLines, erasedFindings, wipeFindings } from './checks.ts'
import { prepareScene, type Scene } from './scene.ts'
import { callsIn, under } from './system-calls.ts'
import { measured } from './table.ts'
import { lookAt, onImage } from './thief.ts'
import { fillDisk } from '../privacy/fill-disk.ts'

/** The real program while its disk or its clock goes wrong under it. */
const DONE = doneLines()
let scene: Scene
beforeAll(async () => {
  scene = await prepareScene({ reads: 4, leaves: 0, wipes: 17, wipesCase: 16 })
}, 240_000)
afterAll(() => scene.stop())

interface Asked {
  heard: () => string[]
  findings(folder: string): Promise<string[]>
  erased(folder: string): Promise<string[]>
}

/** She confirms that all is to be erased. */
async function confirm(served: Served, role: 'wipes' | 'wipesCase'): Promise<Asked & { person: number }> {
  const { person, hers } = scene.next(role)
  const heard = scene.heard(person)
  scene.telegram.personWrites(person, 'yes')
  await scene.quiet(served)
  return {
    person,
    heard,
    findings: (folder) => wipeFindings(scene, { hers, folder, heard: heard() }),
    erased: (folder) =>
      erasedFindings(scene, { hers, folder, heard: heard().filter((text) => DONE.has(text)) }),
  }
}

async function say(served: Served, person: number, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    scene.telegram.personWrites(person, text)
    await scene.quiet(served)
  }
}

const TIMES = 8
const roles = ['wipes', 'wipesCase'] as const

describe('a full disk', () => {
  /** The soft limit of a running process: no file may grow past it. */
  const limit = (served: Served, bytes: string) =>
    spawnSync('prlimit', ['--pid', String(served.process.pid), `--fsize=${bytes}:`], { encoding: 'utf8' })

  it('that takes no byte any more: honest each time, and done once there is room', async (context) => {
    const findings: string[] = []
    const served = await scene.start()
    for (let n = 0; n < TIMES; n += 1) {
      expect(limit(served, '1').stderr).toBe('')
      const hers = await confirm(served, roles[n % 2] ?? 'wipes')
      if (hers.heard().some((text) => DONE.has(text))) findings.push('"done" though nothing could be written')
      if (!hers.heard().at(-1)?.startsWith('This is not done yet'))
        findings.push('she was not told the truth')
      findings.push(...(await onImage(scene.folder, hers.findings)))
      expect(limit(served, 'unlimited').stderr).toBe('')
      await say(served, hers.person, 'erase', 'yes')
      if (!hers.heard().some((text) => DONE.has(text))) findings.push('not done, though there is room again')
      findings.push(...(await onImage(scene.folder, hers.erased)))
    }
    await served.kill('SIGTERM')
    measured(context, {
      measure: 'disk takes nothing (limit on file sizes), then wipe again',
      runs: TIMES,
      failures: findings.length,
    })
    expect(findings).toEqual([])
  })

  it('of a few megabytes, with and without its ballast', async (context) => {
    const findings: string[] = []
    const disk = join(scene.folder, 'disk')
    mkdirSync(disk)
    const script = `mount -t tmpfs -o size=8m none "$1" && cp -a "$2/data" "$2/vault" "$1" && shift 2 && exec "$@"`
    const namespaces = [['--mount'], ['--map-root-user', '--mount']].find(
      (flags) =>
        spawnSync('unshare', [...flags, 'sh', '-c', 'mount -t tmpfs none "$1"', 'sh', disk]).status === 0,
    )
    // Where nobody may mount, the limit above and the failing system calls have shown the same.
    if (namespaces === undefined) {
      measured(context, {
        measure: 'disk of 8 MB full: not possible here, see the limit on file sizes',
        runs: 0,
        failures: 0,
      })
      return
    }
    const words = ['unshare', ...namespaces, 'sh', '-c', script, 'sh', disk, scene.folder]
    const settings = { DATA_DIR: join(disk, 'data'), VAULT_DIR: join(disk, 'vault') }
    const served = await scene.start({ under: words }, settings)
    const seen = join(`/proc/${served.process.pid}/root`, disk)
    for (let n = 0; n < TIMES; n += 1) {
      const withBallast = n % 4 < 2
      if (!withBallast) rmSync(join(seen, 'vault/ballast'))
      fillDisk(join(seen, 'filler'))
      const hers = await confirm(served, roles[n % 2] ?? 'wipes')
      const told = hers.heard().some((text) => DONE.has(text))
      if (told !== withBallast) findings.push(withBallast ? 'ballast did not help' : '"done" without room')
      findings.push(...(await onImage(seen, hers.findings)))
      rmSync(join(seen, 'filler'))
      if (!told) await say(served, hers.person, 'erase', 'yes')
      findings.push(...(await onImage(seen, hers.erased)))
    }
    await served.kill('SIGKILL')
    measured(context, {
      measure: 'disk of 8 MB full, with and without ballast',
      runs: TIMES,
      failures: findings.length,
    })
    expect(findings).toEqual([])
  })
})

describe('a file system that becomes read-only', () => {
  it('at some call of a wipe: never a false word, and done after the next start', async (context) => {
    const findings: string[] = []
    let runs = 0
    let struck = 0
    const trace = join(scene.folder, 'trace')
    for (const after of [1, 4, 9, 16, 26, 40]) {
      const quietStart = await scene.start({ under: under(scene.folder, trace) })
      const before = callsIn(trace)
      await quietStart.kill('SIGTERM')
      const last = { name: 'pwrite64', nth: 0 }
      const counted = [...before, ...Array.from({ length: after }, () => last)]
      const served = await scene.start({ under: under(scene.folder, trace, 'read-only from', last, counted) })
      const hers = await confirm(served, roles[runs % 2] ?? 'wipes')
      await served.kill('SIGKILL')
      runs += 1
      struck += readFileSync(trace, 'utf8').includes('EROFS') ? 1 : 0
      findings.push(...(await hers.findings(scene.folder)))
      const again = await scene.start()
      await scene.quiet(again)
      if (!hers.heard().some((text) => DONE.has(text))) await say(again, hers.person, 'erase', 'yes')
      await again.kill('SIGTERM')
      findings.push(...(await hers.erased(scene.folder)))
    }
    measured(context, {
      measure: 'file system read-only in the middle of a wipe',
      runs,
      failures: findings.length,
    })
    expect(findings).toEqual([])
    expect(struck).toBe(runs)
  })
})

describe('somebody who reads the files for a long time', () => {
  it('delays no wipe, and what was wiped leaves the log as soon as she is gone', async (context) => {
    const findings: string[] = []
    const served = await scene.start()
    const { person, hers } = scene.next('wipes')
    const record = [{ name: 'record', bytes: hers.conversation.sealed }]
    const left = () => findResidue([join(scene.folder, 'data')], record).length
    // So that the record stands in the log, and the reader needs it there.
    await say(served, person, 'erase')
    const reader = new DatabaseSync(join(scene.folder, 'data', 'data.db'), { readOnly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM conversations').get()
    const log = statSync(join(scene.folder, 'data', 'data.db-wal')).size
    const heard = scene.heard(person)
    await say(served, person, 'yes')
    if (!heard().some((text) => DONE.has(text))) findings.push('the wipe waited for the reader')
    expect(statSync(join(scene.folder, 'data', 'data.db-wal')).size).toBeGreaterThan(log)
    reader.exec('COMMIT')
    reader.close()
    const cleaned = () => statSync(join(scene.folder, 'data', 'data.db-wal')).size === 0
    for (let tries = 0; tries < 100 && !cleaned(); tries += 1) await passes(100)
    if (!cleaned()) findings.push('the log was not cleaned after the reader had gone')
    if (left() > 0) findings.push('what was wiped still lies there')
    await served.kill('SIGTERM')
    measured(context, { measure: 'a long reader beside a wipe', runs: 1, failures: findings.length })
    expect(findings).toEqual([])
  })
})

describe('a clock that jumps', () => {
  const library = readdirSync('/usr/lib').flatMap((folder) => {
    const path = `/usr/lib/${folder}/faketime`
    return spawnSync('test', ['-f', `${path}/libfaketime.so.1`]).status === 0
      ? [`${path}/libfaketime.so.1`]
      : []
  })[0]
  const JUMPS = ['+400d', '+31d', '+25h', '+40m', '-1h', '-25h', '-400d', '+1h']

  /** The program under a clock that the test moves; what waits by timers goes on. */
  async function underClock(): Promise<{ served: Served; jump(by: string): void }> {
    const file = join(scene.folder, 'clock')
    const jump = (by: string) => writeFileSync(file, `${by}\n`)
    jump('+0')
    const served = await scene.start(
      {},
      {
        LD_PRELOAD: library ?? '',
        FAKETIME_TIMESTAMP_FILE: file,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      },
    )
    return { served, jump }
  }

  it('before and after a wipe: never a false word, and nobody comes back', async (context) => {
    expect(library).toBeDefined()
    const findings: string[] = []
    const { served, jump } = await underClock()
    for (const [n, by] of JUMPS.entries()) {
      const role = roles[n % 2] ?? 'wipes'
      jump(by)
      const hers = await confirm(served, role)
      findings.push(...(await onImage(scene.folder, hers.findings)).map((one) => `${by}: ${one}`))
      if (!hers.heard().some((text) => DONE.has(text))) await say(served, hers.person, 'erase', 'yes')
      if (!hers.heard().some((text) => DONE.has(text))) findings.push(`${by}: asked again, it was not done`)
      jump('+0')
      findings.push(...(await onImage(scene.folder, hers.erased)).map((one) => `${by}, back: ${one}`))
    }
    await served.kill('SIGTERM')
    // The program saw another year: its own log says so.
    expect(served.output()).toContain(
      `"time":"${new Date(Date.now() + 400 * 86_400_000).toISOString().slice(0, 10)}`,
    )
    measured(context, {
      measure: 'clock jumps before and after a wipe',
      runs: JUMPS.length,
      failures: findings.length,
    })
    expect(findings).toEqual([])
  })

  it('back and forth between two turns: nobody loses her conversation', async (context) => {
    const findings: string[] = []
    const { served, jump } = await underClock()
    for (const by of ['-1h', '+40m', '-25h', '+1h']) {
      const { person, hers } = scene.next('reads')
      const heard = scene.heard(person)
      jump(by)
      await say(served, person, 'menu')
      jump('+0')
      await say(served, person, 'menu')
      const { after, bystander } = await onImage(scene.folder, (on) => lookAt(on, hers, scene.bystander))
      if (after !== 'whole' || bystander !== 'whole')
        findings.push(`${by}: ${after}, somebody else ${bystander}`)
      if (heard().length === 0) findings.push(`${by}: never answered`)
    }
    await served.kill('SIGTERM')
    measured(context, { measure: 'clock jumps between turns', runs: 4, failures: findings.length })
    expect(findings).toEqual([])
  })
})
