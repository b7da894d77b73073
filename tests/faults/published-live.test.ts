import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cliAuthor } from '../../src/directory/publishing/author.ts'
import { createPublishing } from '../../src/directory/publishing/create-publishing.ts'
import type { Service } from '../../src/directory/service.ts'
import type { Author } from '../../src/storage/publications.ts'
import { openSqlitePublications } from '../../src/storage/sqlite/sqlite-publications.ts'
import { demoPack } from '../directory/demo.ts'
import { type Served, serve } from '../turns/served.ts'

const HOUSE = join(import.meta.dirname, '../..')
const pack = demoPack()
let folder: string
let served: Served | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-live-'))
})
afterEach(async () => {
  await served?.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

function lantern(...args: string[]): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    DATA_DIR: join(folder, 'data'),
    VAULT_DIR: join(folder, 'vault'),
  }
  return new Promise((resolve) => {
    const all = [join(HOUSE, 'src/cli/preflight.js'), ...args]
    execFile(process.execPath, all, { cwd: folder, env }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    )
  })
}

async function propose(services: readonly Service[]): Promise<string> {
  const publications = openSqlitePublications(join(folder, 'data'))
  const publishing = createPublishing({ publications, packs: [pack], clock: { now: () => Date.now() } })
  const by = cliAuthor('IM officer') as Author
  const proposed = await publishing.proposeList({ pack: 'demo', services, by, about: 'import' })
  await publications.close()
  return 'id' in proposed ? String(proposed.id) : proposed.kind
}

let tags = 0

/** A phone that hears what the service sends; it gives what came last after the last of its lines. */
async function phoneOf({ address }: Served, letter = 'a'): Promise<(...lines: string[]) => Promise<string>> {
  const headers = { 'x-phone': `telegram/${letter.repeat(22)}`, 'sec-fetch-site': 'same-origin' }
  const events = await fetch(`${address}/simulator/api/events`, { headers })
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const messages = () => heard.split('"kind":"message"').length - 1
  return async (...lines) => {
    for (const text of lines) {
      const before = messages()
      tags += 1
      const body = JSON.stringify({ tag: String(tags).padStart(22, 't'), content: { kind: 'text', text } })
      await fetch(`${address}/simulator/api/write`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      })
      while (messages() === before) heard += (await reader?.read())?.value ?? ''
    }
    return heard.slice(heard.lastIndexOf('"kind":"message"'))
  }
}

const isReplaced = ({ output }: Served) =>
  expect.poll(output, { timeout: 10_000 }).toContain('"event":"directory.replaced"')
const ready = async ({ address }: Served) => (await fetch(`${address}/health/ready`)).status

it('what another process publishes is served without a restart, after one too, and a step back as well', async () => {
  served = await serve(folder, { DESK: 'off' })
  const lines = ['menu', 'find a place or a line', 'a phone line']
  let says = await phoneOf(served)
  expect(await says('hello', 'yes', 'I understand', ...lines)).toContain('+999 000 0001')
  const changed = pack.services.map(
    (one): Service =>
      one.id === 'hotline-women' ? { ...one, contacts: [{ kind: 'phone', value: '+999 000 0991' }] } : one,
  )
  const published = await lantern('services', 'publish', await propose(changed), '--by', 'Lead')
  expect(published).toContain('Edition 1 of demo is live')
  await isReplaced(served)
  expect(await says(...lines)).toContain('+999 000 0991')
  await served.kill('SIGKILL')
  served = await serve(folder, { DESK: 'off' })
  // Another phone: to the first one the last message before the kill may come a second time.
  says = await phoneOf(served, 'b')
  expect(await says('hello', 'yes', 'I understand', ...lines)).toContain('+999 000 0991')
  expect(await lantern('services', 'back', '--pack', 'demo', '--by', 'Lead')).toContain(
    'Edition 2 of demo is live',
  )
  await isReplaced(served)
  expect(await says(...lines)).toContain('+999 000 0001')
}, 90_000)

it('where nothing is live any more, people are answered, the health check says so, and a start is refused', async () => {
  served = await serve(folder, { DESK: 'off' })
  const says = await phoneOf(served)
  await says('hello', 'yes', 'I understand')
  expect(await ready(served)).toBe(200)
  const none = pack.services.filter(({ categories }) => !categories.includes('hotline'))
  const id = await propose(none)
  expect(await lantern('services', 'publish', id, '--by', 'Lead')).toContain('no fresh hotline')
  expect(await lantern('services', 'publish', id, '--by', 'Lead', '--even-so')).toContain('is live')
  await expect.poll(() => ready(served as Served), { timeout: 10_000 }).toBe(503)
  const answer = await says('menu', 'I need help now')
  expect(answer).toContain('I am here')
  expect(answer).not.toContain('+999 000 0001')
  await served.kill('SIGTERM')
  await expect(serve(folder, { DESK: 'off' })).rejects.toThrow(/ended with 1: PACKS demo: none has a fresh/u)
  expect(await lantern('services', 'back', '--pack', 'demo', '--by', 'Lead')).toContain('is live')
  served = await serve(folder, { DESK: 'off' })
  expect(await ready(served)).toBe(200)
}, 90_000)
