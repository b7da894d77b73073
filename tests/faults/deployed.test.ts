import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { imageSettings } from '../deploy/image.ts'
import { freePort } from '../free-port.ts'
import { CADDY, pathOf, SYSTEMD } from '../system-programs.ts'
import { serve } from '../turns/served.ts'
import { type BuiltImage, buildImage } from './built-image.ts'

/** What is deployed, read by the programs that will read it: Caddy, systemd, and the image's own tree in a root of its own. */
const HOUSE = join(import.meta.dirname, '../..')
const DEPLOY = join(HOUSE, 'deploy')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-deployed-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function until(check: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await check().catch(() => false)) return
    await wait(50)
  }
  throw new Error('it did not come to pass')
}

describe('Caddy, as the Caddyfile sets it up', () => {
  /** A process of Lantern, as far as a proxy sees it. */
  async function upstream(): Promise<{ server: Server; port: number; heard: string[]; ready: boolean }> {
    const self = { heard: [] as string[], ready: true }
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        if (request.url === '/health/ready') {
          response.statusCode = self.ready ? 200 : 503
          return response.end()
        }
        self.heard.push(`${request.method} ${request.url} ${Buffer.concat(chunks).length}`)
        return response.end('taken')
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    return Object.assign(self, { server, port: (server.address() as AddressInfo).port })
  }

  async function caddy(upstreams: readonly number[], desk: string) {
    const port = await freePort()
    const site = `http://127.0.0.1:${port}`
    const words = ['run', '--adapter', 'caddyfile', '--config', join(DEPLOY, 'Caddyfile')]
    const child = spawn(pathOf(CADDY) ?? '', words, {
      env: {
        HOME: folder,
        SITE: site,
        UPSTREAMS: upstreams.map((one) => `127.0.0.1:${one}`).join(' '),
        DESK_NETWORKS: desk,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)))
    onTestFinished(async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    })
    await until(async () => (await fetch(`${site}/`)).status === 404)
    return { site, said: () => said }
  }

  it('lets webhooks pass whole and the desk from its networks, and nothing else', async () => {
    const one = await upstream()
    const { site, said } = await caddy([one.port], '127.0.0.1/32')
    const post = (bytes: number) =>
      fetch(`${site}/webhooks/whatsapp`, { method: 'POST', body: Buffer.alloc(bytes) })
    expect((await post(3 * 1024 * 1024)).status).toBe(200)
    expect((await fetch(`${site}/desk/`)).status).toBe(200)
    const before = one.heard.length
    for (const path of ['/', '/health/ready', '/metrics', '/simulator/', '/webhooks', '/deskx'])
      expect([path, (await fetch(`${site}${path}`)).status]).toEqual([path, 404])
    expect(one.heard).toEqual(['POST /webhooks/whatsapp 3145728', 'GET /desk/ 0'])
    expect(before).toBe(2)
    // Nothing of who wrote when.
    expect(said()).not.toMatch(/webhooks|desk|remote|127\.0\.0\.1:\d+"/u)
  })

  it('keeps the desk from other networks', async () => {
    const one = await upstream()
    const { site } = await caddy([one.port], '192.0.2.0/24')
    expect((await fetch(`${site}/desk/`)).status).toBe(404)
    expect((await fetch(`${site}/webhooks/telegram`, { method: 'POST' })).status).toBe(200)
    expect(one.heard).toEqual(['POST /webhooks/telegram 0'])
  })

  it('gives nothing to a process that is not ready, and what a dead one does not take to the other', async () => {
    const [one, other] = [await upstream(), await upstream()]
    const { site } = await caddy([one.port, other.port], '127.0.0.1/32')
    const post = async () => (await fetch(`${site}/webhooks/telegram`, { method: 'POST' })).status
    await until(async () => (await post()) === 200 && one.heard.length > 0 && other.heard.length > 0)
    one.ready = false
    // Less than the time for which a process that ends still takes what comes.
    await wait(1_900)
    const before = one.heard.length
    for (let n = 0; n < 20; n += 1) expect(await post()).toBe(200)
    expect(one.heard.length).toBe(before)
    one.ready = true
    await until(async () => (await post()) === 200 && one.heard.length > before)
    other.server.closeAllConnections()
    other.server.close()
    // What was under way on a line that is cut is answered 502, and the platform sends it again.
    await wait(200)
    for (let n = 0; n < 20; n += 1) expect(await post()).toBe(200)
  }, 60_000)
})

describe('systemd', () => {
  const UNITS = [
    ['lantern.service', 'lantern.service'],
    ['lantern@.service', 'lantern@8081.service'],
    ['lantern-redis@.service', 'lantern-redis@data.service'],
  ] as const
  const analyze = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(pathOf(SYSTEMD) ?? '', words, { encoding: 'utf8' })
    return { status, said: `${stdout}${stderr}` }
  }

  it.each(UNITS)('takes %s as it is written, and finds it well closed off', (name, instance) => {
    const path = join(folder, instance)
    cpSync(join(DEPLOY, 'systemd', name), path)
    const { said } = analyze('verify', '--man=no', path)
    // Lantern lies elsewhere on this machine.
    const lines = said.split('\n').filter((line) => line !== '' && !line.includes('Command /opt/lantern/'))
    expect(lines).toEqual([])
    // In tenths: 2.0 at most.
    const { status, said: verdict } = analyze('security', '--offline=true', '--threshold=20', path)
    expect(status, verdict).toBe(0)
  })

  it('would notice a word that it does not know', () => {
    const path = join(folder, 'lantern.service')
    writeFileSync(
      path,
      readFileSync(join(DEPLOY, 'systemd/lantern.service'), 'utf8').replace('UMask', 'Umaks'),
    )
    expect(analyze('verify', '--man=no', path).said).toMatch(/Umaks/u)
  })

  it('keeps no system call from the service that it makes', async () => {
    const inGroup = (group: string): string[] =>
      analyze('syscall-filter', '--no-pager', group)
        .said.split('\n')
        .slice(1)
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
        .flatMap((word) => (word.startsWith('@') ? inGroup(word) : [word]))
    const refused = new Set([...inGroup('@privileged'), ...inGroup('@resources')])
    const allowed = new Set(inGroup('@system-service').filter((call) => !refused.has(call)))
    expect(allowed.size).toBeGreaterThan(150)
    const home = join(folder, 'traced')
    mkdirSync(home)
    const log = join(folder, 'calls')
    const served = await serve(home, {}, { under: ['strace', '-D', '-f', '-qq', '-o', log] })
    await fetch(`${served.address}/health/ready`)
    await served.kill('SIGTERM')
    const calls = new Set(
      readFileSync(log, 'utf8')
        .split('\n')
        .flatMap((line) => /^\d+ +(\w+)\(/u.exec(line)?.[1] ?? []),
    )
    expect(calls.size).toBeGreaterThan(40)
    // SQLite gives its files to the owner of the folder where it runs as root, and asks for nothing otherwise.
    const asRoot = process.getuid?.() === 0 ? ['fchown'] : []
    expect([...calls].filter((call) => !allowed.has(call) && !asRoot.includes(call))).toEqual([])
  }, 120_000)
})

describe('the image', () => {
  let image: BuiltImage
  beforeAll(() => {
    image = buildImage(imageSettings())
  }, 120_000)
  afterAll(() => image.remove())

  const start = (words: readonly string[], more: Record<string, string>): ChildProcess => {
    const [program = '', ...rest] = image.inside(words)
    return spawn(program, rest, { env: { ...image.settings, ...more }, stdio: ['ignore', 'pipe', 'pipe'] })
  }

  it('starts from its own files alone, as its own user, answers its own question, and ends in order', async () => {
    expect(existsSync(join(image.root, 'bin/sh'))).toBe(false)
    expect(existsSync(join(image.root, 'lantern/node_modules/vitest'))).toBe(false)
    const port = String(await freePort())
    const env = { PORT: port, SIMULATOR: 'off', UNREVIEWED_LANGUAGES: 'en' }
    writeFileSync(join(image.root, 'run/secrets/.env'), 'PACKS=demo\n', { mode: 0o444 })
    const child = start(image.entry, env)
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += String(text)))
    const ended = once(child, 'exit')
    await until(async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).status === 200).catch(
      () => {
        throw new Error(said)
      },
    )
    const question = image.health.map((word) => word.replace(':8080/', `:${port}/`))
    expect(await once(start(question, {}), 'exit')).toEqual([0, null])
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(await once(start(question, {}), 'exit')).toEqual([1, null])
    // It wrote where it may, and nowhere else: all other folders are root's.
    expect(existsSync(join(image.root, 'var/lib/lantern/data.db'))).toBe(true)
    expect(existsSync(join(image.root, 'var/lib/lantern-vault/vault.db'))).toBe(true)
  }, 120_000)
})
