import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { imageSettings } from './image.ts'
import { faultsIn, linesOf, settingsOf, TOKENS, unknownSettings } from './settings-named.ts'

/** The composition as it would be started: who can reach whom, who may do what, and which settings are given. */
const DEPLOY = join(import.meta.dirname, '../../deploy')
const text = (name: string) => readFileSync(join(DEPLOY, name), 'utf8')

interface Service {
  image: string
  user?: string
  read_only?: boolean
  cap_drop?: string[]
  cap_add?: string[]
  security_opt?: string[]
  privileged?: boolean
  network_mode?: string
  networks?: string[]
  ports?: string[]
  volumes?: string[]
  tmpfs?: string[]
  secrets?: { source: string; target: string }[]
  environment?: Record<string, string>
  env_file?: string[]
  entrypoint?: string[]
  healthcheck?: { test: string[] }
  stop_grace_period?: string
  mem_limit?: string
  memswap_limit?: string
  ulimits?: { core?: number }
  depends_on?: Record<string, { condition: string }>
}
interface Composition {
  services: Record<string, Service>
  networks: Record<string, { internal?: boolean; ipam?: { config: { subnet: string }[] } }>
  volumes: Record<string, { driver_opts?: Record<string, string> }>
  secrets: Record<string, { file: string }>
}

const document = parseDocument(text('compose.yaml'), { merge: true, strict: true, uniqueKeys: true })
const { services, networks, volumes, secrets } = document.toJS() as Composition
const named = (name: string): Service => {
  const service = services[name]
  if (service === undefined) throw new Error(`no service ${name}`)
  return service
}
const bots = Object.entries(services).filter(([name]) => name.startsWith('bot-'))
const SERVERS = ['data', 'vault'] as const

it('is YAML without a fault', () => expect([...document.errors, ...document.warnings]).toEqual([]))

it('believes on where somebody comes from whoever is on the network of the proxy, which is nobody else', () => {
  const inside = Object.keys(services).filter((name) => named(name).networks?.includes('inside') === true)
  expect(inside.toSorted()).toEqual(['bot-a', 'bot-b', 'caddy'])
  const { subnet } = networks['inside']?.ipam?.config[0] ?? {}
  for (const [, bot] of bots) expect(bot.environment?.['TRUSTED_PROXIES']).toBe(subnet)
})

describe.each(Object.entries(services))('the container of %s', (name, service) => {
  it('may change nothing, gain nothing, and is of an exact version', () => {
    expect(service.read_only).toBe(true)
    expect(service.cap_drop).toEqual(['ALL'])
    expect(service.security_opt).toEqual(['no-new-privileges:true'])
    expect(service.privileged).toBeUndefined()
    expect(service.image).toMatch(/:\d+\.\d+\.\d+[\w.-]*$/u)
    expect(service.cap_add ?? []).toEqual(name === 'caddy' ? ['NET_BIND_SERVICE'] : [])
    if (name !== 'caddy') expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/u)
    expect(service.ulimits).toEqual({ core: 0 })
    if (name !== 'caddy') expect(service.memswap_limit).toBe(service.mem_limit)
    expect(service.mem_limit).toBeDefined()
  })

  it('has no secret in its environment, and mounts only what is there', () => {
    const values = JSON.stringify([service.environment ?? {}, service.entrypoint ?? []])
    expect(values).not.toMatch(/(?:redis|rediss|unix):\/\/|password|token/iu)
    for (const mount of service.volumes ?? []) {
      const [from = '', , mode] = mount.split(':')
      if (from.startsWith('./')) {
        expect(text(from.slice(2)).length).toBeGreaterThan(0)
        expect(mode).toBe('ro')
      } else expect(volumes).toHaveProperty([from])
    }
    for (const { source } of service.secrets ?? []) expect(secrets).toHaveProperty([source])
    for (const network of service.networks ?? []) expect(networks).toHaveProperty([network])
    for (const other of Object.keys(service.depends_on ?? {})) expect(named(other).healthcheck).toBeDefined()
  })
})

describe('who reaches whom', () => {
  it('only Caddy can be reached from outside, and only what it shares a network with', () => {
    const open = Object.entries(services).filter(([, { ports }]) => ports !== undefined)
    expect(open.map(([name]) => name)).toEqual(['caddy'])
    expect(named('caddy').networks).toEqual(['edge', 'inside'])
    expect(networks['inside']).toEqual({ internal: true, ipam: { config: [{ subnet: '10.209.77.0/24' }] } })
    for (const [, bot] of bots) expect(bot.networks).toEqual(['inside', 'outside'])
  })

  it('the servers are on no network, and their sockets are in the hands of the bots alone', () => {
    for (const name of SERVERS) {
      const server = named(name)
      expect(server.network_mode).toBe('none')
      expect(server.networks).toBeUndefined()
      const socket = `${name}-socket`
      const users = Object.entries(services).filter(([, { volumes: mounts = [] }]) =>
        mounts.some((mount) => mount.startsWith(`${socket}:`)),
      )
      expect(users.map(([user]) => user)).toEqual(['bot-a', 'bot-b', name])
      expect(volumes[socket]?.driver_opts).toMatchObject({ type: 'tmpfs', o: /mode=0770/u })
      expect(server.entrypoint?.join(' ')).toMatch(/--port 0 --unixsocket \/run\/lantern\/redis\.sock/u)
    }
  })

  it('the log of the keys is a volume that nothing else mounts', () => {
    const users = Object.entries(services).filter(([, service]) =>
      (service.volumes ?? []).some((mount) => mount.startsWith('vault-log')),
    )
    expect(users.map(([name]) => name)).toEqual(['vault'])
  })

  it('Caddy knows every bot by its port', () => {
    const upstreams = named('caddy').environment?.['UPSTREAMS']?.split(' ')
    expect(upstreams).toEqual(bots.map(([name, { environment }]) => `${name}:${environment?.['PORT']}`))
    const variables = [...text('Caddyfile').matchAll(/\{\$(\w+)\}/gu)].map(([, name]) => name)
    expect(new Set(variables)).toEqual(new Set(Object.keys(named('caddy').environment ?? {})))
  })
})

describe.each(bots)('the settings of %s', (_name, bot) => {
  const secretLines = linesOf(text('secrets.example.env'))
  const plain = linesOf(text('settings.example.env'))
  const given = { ...imageSettings(), ...plain, ...settingsOf(Object.entries(bot.environment ?? {})) }

  it('are settings that there are, and all that the start wants', () => {
    const filled = Object.entries({ ...secretLines, ...TOKENS }).filter(([name]) => name in secretLines)
    expect(unknownSettings({ ...given, ...secretLines })).toEqual([])
    expect(faultsIn({ ...given, ...Object.fromEntries(filled) })).toEqual([])
    expect(filled.length).toBe(Object.keys(secretLines).length)
  })

  it('lead to the sockets and the secrets that are mounted', () => {
    const mounts = (bot.volumes ?? []).map((mount) => mount.split(':')[1])
    for (const name of ['STORAGE_URL', 'VAULT_URL']) {
      const [, folder] = /@(\/.+)\/redis\.sock$/u.exec(secretLines[name] ?? '') ?? []
      expect(mounts).toContain(folder)
    }
    const targets = (bot.secrets ?? []).map(({ target }) => target)
    expect(targets).toEqual(['/run/secrets/.env', given['ROOT_KEY_FILE']])
    expect(mounts).toContain(given['DATA_DIR'])
    expect(bot.tmpfs?.some((one) => one.startsWith(`${given['VAULT_DIR']}:`))).toBe(true)
  })

  it('leave it longer than it needs to end, and ask it at its own port', () => {
    expect(Number.parseInt(bot.stop_grace_period ?? '0', 10)).toBeGreaterThan(10)
    const test = bot.healthcheck?.test.join(' ')
    if (given['PORT'] !== '8080') expect(test).toContain(`127.0.0.1:${given['PORT']}/health/ready`)
  })
})
