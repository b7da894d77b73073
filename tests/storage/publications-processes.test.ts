import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { KEPT_EDITIONS } from '../../src/storage/publications.ts'
import { openSqlitePublications } from '../../src/storage/sqlite/sqlite-publications.ts'

const CHILD = join(import.meta.dirname, 'publications.child.ts')

let folder: string
let children: ChildProcess[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-publishers-'))
  children = []
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

function publisher(name: string, most: number) {
  const child = spawn(process.execPath, [CHILD, folder, name, String(most)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  let output = ''
  const ended = once(child, 'close')
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => void (output += chunk))
  return {
    child,
    ended,
    async said(lines: number): Promise<string[]> {
      while (output.split('\n').length <= lines) await once(child.stdout, 'data')
      return output.split('\n').slice(0, -1)
    },
    lines: () => output.split('\n').slice(0, -1),
  }
}

it('processes that open the file for the first time together each number what they publish, and none twice', async () => {
  const most = 40
  const all = ['ada', 'ben', 'cleo'].map((name) => publisher(name, most))
  await Promise.all(all.map((one) => one.said(1)))
  for (const { child } of all) child.stdin?.write('go\n')
  for (const { ended } of all) expect(await ended).toEqual([0, null])
  const answers = all.flatMap((one) => one.lines().slice(1))
  const numbers = answers.filter((line) => line !== 'stale').map(Number)
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 3 * most }, (_, at) => at + 1))
  const store = openSqlitePublications(folder)
  // Each edition holds what the one before it held: nobody's was written over.
  const live: unknown[] = JSON.parse((await store.live('demo'))?.content ?? '[]')
  expect(live.map((line) => Number(String(line).split(' ').at(-1)))).toEqual(
    Array.from({ length: 21 }, (_, at) => 3 * most - 21 + at),
  )
  await store.close()
})

it('an edition that was reported before kill -9 is there after it, whole', async () => {
  for (const enough of [3, 30, 71]) {
    const one = publisher('ada', 0)
    await one.said(1)
    one.child.stdin?.write('go\n')
    await one.said(enough)
    one.child.kill('SIGKILL')
    expect(await one.ended).toEqual([null, 'SIGKILL'])
    const reported = Number(one.lines().at(-1))
    const store = openSqlitePublications(folder)
    const editions = await store.editions('demo')
    const last = editions[0]?.number ?? 0
    // One may have been made whose report did not leave the process any more; never the other way round.
    expect([reported, reported + 1]).toContain(last)
    expect(editions).toHaveLength(Math.min(last, KEPT_EDITIONS))
    for (const { number } of editions) {
      const content: unknown[] = JSON.parse((await store.edition('demo', number))?.content ?? '[]')
      expect(content.at(-1)).toBe(`ada on ${number - 1}`)
    }
    await store.close()
  }
})
