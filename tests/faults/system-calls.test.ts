import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFolder } from './prepared-folder.ts'
import { callsIn, type Ill, ILLS, runUnder, type SystemCall, under } from './system-calls.ts'
import { measured } from './table.ts'
import { type Hers, lookAt } from './thief.ts'

/**
 * What the ports call is not atomic: a wipe is some eighty system calls, a turn twenty. At every one of them the process
 * is killed, or from it on the disk is full, read-only or broken; after every kill files are cut short as well.
 */
const CHILD = join(import.meta.dirname, 'wipe.child.ts')
const CUTS = 4

let folder: string
let hers: Hers
let bystander: Hers
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-calls-'))
  ;({ hers, bystander } = await makeFolder(folder))
})
afterAll(() => rmSync(folder, { recursive: true }))

type Act = 'wipe' | 'turn'

function copyOf(from: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'lantern-calls-run-'))
  for (const part of ['data', 'vault']) cpSync(join(from, part), join(copy, part), { recursive: true })
  writeFileSync(join(copy, 'begin'), '')
  return copy
}

function child(act: Act, on: string, words: readonly string[]) {
  const { id, keyId, revision } = hers.conversation
  const given = [act, on, id, keyId, hers.case?.id ?? '', String(revision)]
  return runUnder([...words, process.execPath, CHILD, ...given])
}

/** What a run without a fault calls, and from which call on it is the act. */
function callsOf(act: Act): { calls: SystemCall[]; first: number } {
  const on = copyOf(folder)
  const trace = join(on, 'trace')
  const { said } = child(act, on, under(on, trace))
  expect(said).toBe(act === 'wipe' ? 'done\n' : 'committed\n')
  const calls = callsIn(trace)
  const begun = readFileSync(trace, 'utf8')
    .split('\n')
    .findIndex((line) => /unlink\(.*\/begin"/u.test(line))
  rmSync(on, { recursive: true })
  expect(begun).toBeGreaterThan(0)
  return { calls, first: begun + 1 }
}

async function findingsOf(act: Act, on: string, said: string): Promise<string[]> {
  const { readable, caseReadable, after, caseAfter, bystander: other } = await lookAt(on, hers, bystander)
  const findings = other === 'whole' ? [] : [`somebody else's conversation is ${other}`]
  if (after === 'torn' || caseAfter === 'torn') findings.push(`half erased: ${after}, her case ${caseAfter}`)
  if (act === 'turn') {
    if (after !== 'whole' || caseAfter !== 'whole')
      findings.push(`a turn left her ${after}, her case ${caseAfter}`)
    return findings
  }
  if (said.includes('done') && (readable || caseReadable || after !== 'erased' || caseAfter !== 'erased'))
    findings.push(`she was told that it is done, and she is ${after}, her case ${caseAfter}`)
  if (after === 'erased' && caseAfter === 'whole') findings.push('she is erased and her case is not')
  return findings
}

/** With any file cut at any place: what was called erased is not readable, or nothing opens at all. */
async function findingsWhenCut(on: string, said: string): Promise<string[]> {
  const cut = copyOf(on)
  const files = [
    'data/data.db',
    'data/data.db-wal',
    'data/cases.db-wal',
    'vault/vault.db',
    'vault/vault.db-journal',
  ]
    .map((name) => join(cut, name))
    .filter((path) => existsSync(path) && statSync(path).size > 0)
  const path = files[Math.floor(Math.random() * files.length)] ?? ''
  const to = Math.floor(Math.random() * statSync(path).size)
  truncateSync(path, to)
  try {
    const { readable, caseReadable } = await lookAt(cut, hers, bystander)
    const isFalse = said.includes('done') && (readable || caseReadable)
    return isFalse
      ? [`${path.slice(cut.length)} cut at ${to}: she was told that it is done, and can be read`]
      : []
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    const isHonest = name === 'FileRefused' || (error instanceof Error && 'errcode' in error)
    return isHonest ? [] : [`${path.slice(cut.length)} cut at ${to}: ${String(error)}`]
  } finally {
    rmSync(cut, { recursive: true })
  }
}

const ACTS = [
  ['wipe', 'a wipe'],
  ['turn', 'a turn'],
] as const

describe.each(ACTS)('at every system call of a %s', (act, name) => {
  let calls: SystemCall[]
  let first: number
  beforeAll(() => {
    ;({ calls, first } = callsOf(act))
  })

  it.for(Object.keys(ILLS) as Ill[])('%s', async (ill, context) => {
    const findings: string[] = []
    const whenCut: string[] = []
    let cuts = 0
    let struck = 0
    for (const [n, call] of calls.entries()) {
      if (n < first) continue
      const on = copyOf(folder)
      const trace = join(on, 'trace')
      const { said, signal } = child(act, on, under(on, trace, ill, call, calls.slice(0, n)))
      struck += signal === 'SIGKILL' || readFileSync(trace, 'utf8').includes('INJECTED') ? 1 : 0
      const told = (found: string[]) => found.map((finding) => `${ill} ${call.name} ${call.nth}: ${finding}`)
      findings.push(...told(await findingsOf(act, on, said)))
      for (let cut = 0; ill === 'SIGKILL at' && cut < CUTS; cut += 1, cuts += 1)
        whenCut.push(...told(await findingsWhenCut(on, said)))
      rmSync(on, { recursive: true })
    }
    const runs = calls.length - first
    measured(context, { measure: `${ill} each system call of ${name}`, runs, failures: findings.length })
    if (cuts > 0)
      measured(context, {
        measure: `a file cut short after SIGKILL in ${name}`,
        runs: cuts,
        failures: whenCut.length,
      })
    expect([...findings, ...whenCut]).toEqual([])
    // The order of calls may shift by one or two; that hardly any fault came would mean that nothing was shown.
    expect(struck).toBeGreaterThan(runs * 0.9)
  })
})
