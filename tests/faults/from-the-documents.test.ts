import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aclWith } from '../deploy/redis-acl.ts'
import { renderChart } from '../deploy/render-chart.ts'
import { linesOf } from '../deploy/settings-named.ts'
import { freePort } from '../free-port.ts'
import { pathOf, REDIS } from '../system-programs.ts'
import { serve } from '../turns/served.ts'

/** The commands of docs/deploy.md, run as they stand there, and Lantern started with what they made. */
const HOUSE = join(import.meta.dirname, '../..')
const DEPLOY = join(HOUSE, 'deploy')
const document = readFileSync(join(HOUSE, 'docs/deploy.md'), 'utf8')

/** The block of commands in which these words stand. */
function blockWith(words: string): string {
  const blocks = [...document.matchAll(/^( *)```sh\n(.*?)^\1```$/gmsu)]
  const found = blocks.filter(([, , body = '']) => body.includes(words))
  const [first] = found
  if (first === undefined || found.length > 1) throw new Error(`${found.length} blocks with ${words}`)
  return (first[2] ?? '').replaceAll(new RegExp(`^${first[1]}`, 'gmu'), '')
}

let folder: string
const running: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-documents-'))
})
afterEach(async () => {
  for (const child of running.splice(0)) {
    const ended = child.exitCode === null ? once(child, 'exit') : undefined
    child.kill('SIGKILL')
    await ended
  }
  rmSync(folder, { recursive: true })
})

function sh(commands: string, cwd: string): void {
  const { status, stdout, stderr } = spawnSync('sh', ['-eu', '-c', commands], { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  expect(stdout).toBe('')
}

/** As step 4 of the list for Compose makes them, in the folder `deploy`. */
function secretsMade(): { settings: Record<string, string>; secret: (name: string) => string } {
  for (const name of ['redis', 'secrets.example.env'])
    cpSync(join(DEPLOY, name), join(folder, name), { recursive: true })
  sh(blockWith('openssl rand 32 > secrets'), folder)
  const secret = (name: string) => readFileSync(join(folder, 'secrets', name), 'utf8')
  return { settings: linesOf(secret('lantern.env')), secret }
}

/** For the server of this machine, which may be too old for a word of the file. */
function usersFile(use: string, password: string): string {
  const path = join(folder, `${use}.acl`)
  writeFileSync(path, aclWith(password, readFileSync(join(DEPLOY, `redis/${use}.acl`), 'utf8')))
  return path
}

async function start(words: readonly string[], target: number | string): Promise<void> {
  const child = spawn(pathOf(REDIS) ?? '', words, { stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)))
  for (let attempt = 0; ; attempt += 1) {
    if (child.exitCode !== null || attempt === 1_000) throw new Error(`a server did not start: ${said}`)
    const socket = typeof target === 'number' ? connect(target, '127.0.0.1') : connect(target)
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
    await wait(10)
  }
}

const passwordIn = (url = ''): string => /lantern:([^@]+)@/u.exec(url)?.[1] ?? ''

describe('the list for Compose', () => {
  it('makes secrets that nobody else reads, of which the servers learn only hashes, and Lantern starts with them', async () => {
    const { settings, secret } = secretsMade()
    for (const name of ['root.key', 'lantern.env', 'data.acl', 'vault.acl'])
      expect(statSync(join(folder, 'secrets', name)).mode & 0o077).toBe(0)
    expect(statSync(join(folder, 'secrets/root.key')).size).toBe(32)
    const passwords = [settings['STORAGE_URL'], settings['VAULT_URL']].map(passwordIn)
    expect(new Set(passwords).size).toBe(2)
    for (const password of passwords) {
      expect(password).toMatch(/^[\da-f]{48}$/u)
      expect(secret('data.acl') + secret('vault.acl')).not.toContain(password)
    }
    expect(secret('data.acl') + secret('vault.acl')).not.toMatch(/PASSWORD/u)
    for (const [use, password = ''] of [
      ['data', passwords[0]],
      ['vault', passwords[1]],
    ] as const) {
      const acl = readFileSync(usersFile(use, password), 'utf8')
      expect(secret(`${use}.acl`).replace(' +waitaof', '')).toBe(acl.replace(' +waitaof', ''))
      const dir = join(folder, `${use}-log`)
      mkdirSync(dir)
      const words = ['--port', '0', '--unixsocket', join(dir, 'redis.sock'), '--dir', dir]
      const conf = join(folder, `redis/${use}.conf`)
      await start([conf, ...words, '--aclfile', join(folder, `${use}.acl`)], join(dir, 'redis.sock'))
    }
    const address = (use: string, url = '') =>
      url.replace(/\/run\/lantern-(?:data|vault)/u, join(folder, `${use}-log`))
    const served = await serve(folder, {
      STORAGE_URL: address('data', settings['STORAGE_URL']),
      VAULT_URL: address('vault', settings['VAULT_URL']),
      ROOT_KEY_FILE: join(folder, 'secrets/root.key'),
    })
    expect((await fetch(`${served.address}/health/ready`)).status).toBe(200)
    await served.kill('SIGTERM')
  }, 60_000)
})

describe('the list for Kubernetes', () => {
  it('makes certificates with which the servers of the chart speak TLS alone, and Lantern trusts no others', async () => {
    sh(blockWith('lantern-ca'), folder)
    // The steps after it, in the same folder, to the program that hands over what it was given.
    const { settings: made } = secretsMade()
    sh(blockWith('STORAGE_URL=rediss:'), folder)
    const tools = join(folder, 'tools')
    mkdirSync(tools)
    const taken = join(folder, 'taken')
    writeFileSync(join(tools, 'kubectl'), `#!/bin/sh\nprintf '%s\\n' "$@" >> ${taken}\n`, { mode: 0o755 })
    sh(`PATH=${tools}:$PATH\n${blockWith('kubectl -n lantern create secret')}`, folder)
    const words = readFileSync(taken, 'utf8').split('\n')
    const files = words.flatMap((word) => /^--from-file=(?:([^=]+)=)?(.+)$/u.exec(word)?.slice(1) ?? [])
    const pairs = files.flatMap((name, at) => (at % 2 === 0 ? [[name, files[at + 1] ?? ''] as const] : []))
    expect(pairs.map(([name, file]) => name ?? file)).toEqual([
      '.env',
      'root-key',
      'ca.crt',
      ...['data', 'vault'].flatMap(() => ['users.acl', 'tls.crt', 'tls.key', 'ca.crt']),
    ])
    for (const [, file] of pairs) expect(statSync(join(folder, file)).size, file).toBeGreaterThan(0)
    const env = linesOf(readFileSync(join(folder, 'secrets/lantern.env'), 'utf8'))
    for (const [name, host] of [
      ['STORAGE_URL', 'lantern-data'],
      ['VAULT_URL', 'lantern-vault'],
    ] as const)
      expect(env[name]).toBe(`rediss://lantern:${passwordIn(made[name])}@${host}:6379`)
    const manifests = renderChart(join(DEPLOY, 'helm/lantern'), {
      image: 'lantern:0.1.0',
      ingress: { podNetworks: '10.244.0.0/16' },
      deskNetworks: '203.0.113.0/24',
    })
    const urls: Record<string, string> = {}
    for (const use of ['data', 'vault']) {
      const port = await freePort()
      const dir = join(folder, use)
      mkdirSync(dir)
      usersFile(use, 'of-a-test')
      const set = manifests.find(
        ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === `lantern-${use}`,
      )
      const places: Record<string, string> = {
        '/etc/lantern/config/server.conf': join(DEPLOY, `redis/${use}.conf`),
        '/etc/lantern/redis/tls.crt': join(folder, `${use}.crt`),
        '/etc/lantern/redis/tls.key': join(folder, `${use}.key`),
        '/etc/lantern/redis/ca.crt': join(folder, 'ca.crt'),
        '/data': dir,
        '6379': String(port),
      }
      const command = JSON.stringify(set).match(/"command":(\[[^\]]*\])/u)?.[1] ?? '[]'
      const [, ...rest] = (JSON.parse(command) as string[]).map((word) => places[word] ?? word)
      await start([...rest, '--aclfile', join(folder, `${use}.acl`), '--bind', '127.0.0.1'], port)
      urls[use] = `rediss://lantern:of-a-test@localhost:${port}`
    }
    const settings = { STORAGE_URL: urls['data'] ?? '', VAULT_URL: urls['vault'] ?? '' }
    const served = await serve(folder, { ...settings, NODE_EXTRA_CA_CERTS: join(folder, 'ca.crt') })
    expect((await fetch(`${served.address}/health/ready`)).status).toBe(200)
    await served.kill('SIGTERM')
    await expect(serve(folder, settings)).rejects.toThrow(
      /STORAGE_URL is refused: the server does not answer/u,
    )
    const plain = { ...settings, STORAGE_URL: settings.STORAGE_URL.replace('rediss:', 'redis:') }
    await expect(serve(folder, plain)).rejects.toThrow(/STORAGE_URL is refused/u)
  }, 60_000)
})
