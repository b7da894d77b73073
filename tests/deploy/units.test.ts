import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { faultsIn, linesOf, settingsOf, TOKENS, unknownSettings } from './settings-named.ts'
import { readUnit, valueOf, valuesOf } from './unit-file.ts'

/** The units as systemd would read them; what systemd itself says of them is shown in tests/faults/deployed.test.ts. */
const HOUSE = join(import.meta.dirname, '../..')
const text = (name: string) => readFileSync(join(HOUSE, 'deploy', name), 'utf8')
const BOTS = ['lantern.service', 'lantern@.service']
const UNITS = [...BOTS, 'lantern-redis@.service'].map((name) => ({
  name,
  unit: readUnit(text(`systemd/${name}`)),
}))

const HARDENED = {
  UMask: '0077',
  NoNewPrivileges: 'yes',
  CapabilityBoundingSet: '',
  AmbientCapabilities: '',
  ProtectSystem: 'strict',
  ProtectHome: 'yes',
  PrivateTmp: 'yes',
  PrivateDevices: 'yes',
  PrivateUsers: 'yes',
  ProtectProc: 'invisible',
  ProtectKernelLogs: 'yes',
  ProtectKernelModules: 'yes',
  ProtectKernelTunables: 'yes',
  ProtectControlGroups: 'yes',
  RestrictNamespaces: 'yes',
  RestrictSUIDSGID: 'yes',
  LockPersonality: 'yes',
  KeyringMode: 'private',
  SystemCallArchitectures: 'native',
  LimitCORE: '0',
  MemorySwapMax: '0',
  StateDirectoryMode: '0700',
}

describe.each(UNITS)('$name', ({ name, unit }) => {
  it('keeps its process from everything that it does not need', () => {
    for (const [key, value] of Object.entries(HARDENED))
      expect([key, valueOf(unit, key)]).toEqual([key, value])
    expect(valuesOf(unit, 'SystemCallFilter')).toEqual(['@system-service', '~@privileged @resources'])
    expect(valueOf(unit, 'User')).toMatch(/^lantern(?:-redis)?$/u)
    expect(text('systemd/lantern.sysusers')).toMatch(new RegExp(`^u ${valueOf(unit, 'User')} - `, 'mu'))
    expect(valuesOf(unit, 'ReadWritePaths')).toEqual([])
  })

  it('is started again when it dies, and not when it was told to end', () => {
    expect(valueOf(unit, 'Restart')).toBe('on-failure')
    expect(Number(valueOf(unit, 'TimeoutStopSec'))).toBeGreaterThan(10)
    expect(valueOf(unit, 'WantedBy', 'Install')).toBe('multi-user.target')
  })

  it('says which program, and which of our files there are', () => {
    const [program = '', ...words] = valueOf(unit, 'ExecStart').split(' ')
    expect(program).toMatch(/^\//u)
    for (const word of [program, ...words].filter((one) => one.startsWith('/opt/lantern/')))
      expect(existsSync(join(HOUSE, word.replace('/opt/lantern/', ''))), word).toBe(true)
    expect(name.includes('@')).toBe(
      /%i/u.test(words.join(' ') + JSON.stringify(valuesOf(unit, 'Environment'))),
    )
  })
})

describe.each(UNITS.filter(({ name }) => BOTS.includes(name)))('the settings of $name', ({ name, unit }) => {
  const environment = settingsOf(
    valuesOf(unit, 'Environment').map(
      (pair) => pair.replaceAll('%i', '8081').split('=', 2) as [string, string],
    ),
  )
  const plain = linesOf(text('settings.example.env'))
  const secret = linesOf(text('secrets.example.env'))

  it('are settings that there are, and with the file .env all that the start wants', () => {
    expect(unknownSettings(environment)).toEqual([])
    expect(Object.keys(environment).filter((one) => /TOKEN|SECRET|_URL/u.test(one))).toEqual([])
    const { STORAGE_URL = '', VAULT_URL = '' } = secret
    const servers = name === 'lantern@.service' ? { STORAGE_URL, VAULT_URL } : {}
    const given = { CREDENTIALS_DIRECTORY: '/run/credentials/lantern', ...environment, ...plain }
    expect(faultsIn({ ...given, ...servers, ...TOKENS })).toEqual([])
    expect(valueOf(unit, 'WorkingDirectory')).toBe('/etc/lantern')
  })

  it('give it the root key as a credential, and keys that lie where no backup reads', () => {
    expect(valueOf(unit, 'LoadCredentialEncrypted')).toBe(
      `${environment['ROOT_KEY_CREDENTIAL']}:/etc/lantern/root.key`,
    )
    const made = [
      ...valuesOf(unit, 'StateDirectory').flatMap((one) =>
        one.split(' ').map((folder) => `/var/lib/${folder}`),
      ),
      ...valuesOf(unit, 'RuntimeDirectory').map((folder) => `/run/${folder.replace('%i', '8081')}`),
    ]
    expect(new Set(made)).toEqual(new Set([environment['VAULT_DIR'], environment['DATA_DIR']]))
    // Where the operator can change it: what a unit sets, no line of .env can.
    expect(environment).not.toHaveProperty('BACKUP_ROOTS')
    expect(plain['BACKUP_ROOTS']).toBe(environment['DATA_DIR'])
    expect(Object.keys(plain).filter((one) => one in environment)).toEqual([])
  })
})

it('a command beside the service has its user, its settings and its root key', () => {
  const service = UNITS[0]?.unit
  const script = text('systemd/lantern')
  const given = [...script.matchAll(/--setenv=(\S+)/gu)].map(([, pair]) => pair)
  if (service === undefined) throw new Error('no unit')
  expect(given).toEqual(valuesOf(service, 'Environment'))
  // A terminal only where both ends are one: a table that goes into a file is bare bytes.
  expect(script).toContain('if [ -t 0 ] && [ -t 1 ]; then line=--pty; else line=--pipe; fi\n')
  for (const key of ['User', 'Group', 'UMask', 'WorkingDirectory', 'LoadCredentialEncrypted'])
    expect(script).toContain(`--property=${key}=${valueOf(service, key)} `.trimEnd())
  expect(script).toContain(`  ${valueOf(service, 'ExecStart').replace(/ start$/u, ' "$@"')}\n`)
})

it('Redis is on no network, and its socket where the bots look for it', () => {
  const unit = readUnit(text('systemd/lantern-redis@.service'))
  expect(valueOf(unit, 'PrivateNetwork')).toBe('yes')
  expect(valueOf(unit, 'RestrictAddressFamilies')).toBe('AF_UNIX')
  expect(valueOf(unit, 'Group')).toBe(valueOf(readUnit(text('systemd/lantern@.service')), 'Group'))
  expect(valueOf(unit, 'ExecStart')).toMatch(/ --port 0 --unixsocket \/run\/lantern-redis-%i\/redis\.sock /u)
  expect(valueOf(unit, 'RuntimeDirectory')).toBe('lantern-redis-%i')
})

describe('reading a unit', () => {
  it('keeps what is repeated, takes back what is emptied, and refuses what it does not know', () => {
    const unit = readUnit('[Service]\nA1=x\nA1=y\n# no\nAb=1\nAb=\n')
    expect(valuesOf(unit, 'A1')).toEqual(['x', 'y'])
    expect(valuesOf(unit, 'Ab')).toEqual([''])
    expect(() => valueOf(unit, 'A1')).toThrow('2 times')
    expect(() => readUnit('A=1')).toThrow('not understood')
    expect(() => readUnit('[Service]\nA=1 \\')).toThrow('goes on')
  })
})
