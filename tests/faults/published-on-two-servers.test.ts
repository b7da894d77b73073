import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cliAuthor } from '../../src/directory/publishing/author.ts'
import { createPublishing } from '../../src/directory/publishing/create-publishing.ts'
import type { Author } from '../../src/storage/publications.ts'
import { openRedisPublications } from '../../src/storage/redis/desk/redis-publications.ts'
import { openData } from '../../src/storage/redis/link/server-mark.ts'
import { demoPack } from '../directory/demo.ts'
import { type Served, serve } from '../turns/served.ts'
import { twoServers } from './on-two-servers.ts'

/** Two machines, each with its own folder, on the same servers. */
const servers = twoServers()
const HOUSE = join(import.meta.dirname, '../..')
const pack = demoPack()
let folder: string
let machines: Served[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-machines-'))
  machines = []
})
afterEach(async () => {
  await Promise.all(machines.map((one) => one.kill('SIGKILL')))
  rmSync(folder, { recursive: true })
})

const at = (machine: string) => join(folder, machine)
const settings = () => ({
  ...servers().settings,
  ROOT_KEY_FILE: join(folder, 'keys', 'root.key'),
  DESK: 'off',
})

function lantern(machine: string, ...args: string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], DATA_DIR: at(machine), VAULT_DIR: at('vault'), ...settings() }
  return new Promise((resolve) => {
    const all = [join(HOUSE, 'src/cli/preflight.js'), ...args]
    execFile(process.execPath, all, { cwd: folder, env }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    )
  })
}

it('what is published on one machine is served by all of them, and a step back as well', async () => {
  const own = (machine: string) => ({ ...settings(), DATA_DIR: at(machine) })
  machines.push(await serve(folder, own('a')))
  machines.push(await serve(folder, own('b')))
  const publications = openRedisPublications(await openData(servers().data.url))
  const publishing = createPublishing({ publications, packs: [pack], clock: { now: () => Date.now() } })
  const services = pack.services.map((one) =>
    one.id === 'portavel-clinic'
      ? { ...one, contacts: [{ kind: 'phone' as const, value: '+999 000 0444' }] }
      : one,
  )
  const by = cliAuthor('IM officer') as Author
  const proposed = await publishing.proposeList({ pack: 'demo', services, by, about: 'import' })
  await publications.close()
  const id = 'id' in proposed ? String(proposed.id) : proposed.kind
  expect(await lantern('c', 'services', 'list')).toContain(id)
  const said = await lantern('c', 'services', 'publish', id, '--by', 'GBV coordinator')
  expect(said).toContain('Edition 1 of demo is live')
  const replaced = (count: number) =>
    Promise.all(
      machines.map(({ output }) =>
        expect
          .poll(() => output().split('"event":"directory.replaced"').length - 1, { timeout: 5_000 })
          .toBe(count),
      ),
    )
  await replaced(1)
  await lantern('b', 'services', 'back', '--pack', 'demo', '--by', 'GBV coordinator')
  await replaced(2)
}, 120_000)
