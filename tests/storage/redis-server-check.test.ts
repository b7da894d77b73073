import { expect, it, onTestFinished } from 'vitest'
import { openRedis } from '../../src/storage/redis/link/link.ts'
import { faultsOf, runIds } from '../../src/storage/redis/link/server-check.ts'
import { SAFE, type Settings, startRedis } from '../redis-server.ts'

/** Every setting that would break a promise is named by a line of its own; the servers are real. */
async function faults(settings: Settings, use: 'data' | 'vault' = 'data', asUrl?: (url: string) => string) {
  const server = await startRedis(settings)
  const link = await openRedis(server.url)
  onTestFinished(async () => {
    await link.close()
    await server.stop()
  })
  const variable = use === 'data' ? 'STORAGE_URL' : 'VAULT_URL'
  return faultsOf(link, { variable, use, url: asUrl?.(server.url) ?? server.url })
}

it('a server that is set up as the documents say is taken, for both uses', async () => {
  expect(SAFE['appendfsync']).toBe('always')
  expect(await faults({})).toEqual([])
  expect(await faults({}, 'vault')).toEqual([])
})

it('one as it comes out of the box is refused with all that is wrong', async () => {
  const lines = await faults(
    {
      appendonly: 'no',
      appendfsync: 'everysec',
      save: '3600 1',
      'slowlog-log-slower-than': '10000',
      requirepass: '',
    },
    'vault',
  )
  expect(lines).toEqual([
    "VAULT_URL is refused: appendonly is no, so that what was acknowledged would be gone after a restart. Set it in the server's configuration: appendonly yes",
    "VAULT_URL is refused: appendfsync is everysec, so that what was acknowledged could be lost when the power fails. Set it in the server's configuration: appendfsync always",
    'VAULT_URL is refused: save is 3600 1, so that a snapshot would keep keys that were destroyed. Set it in the server\'s configuration: save ""',
    "VAULT_URL is refused: slowlog-log-slower-than is 10000, so that slow commands would be kept with their contents. Set it in the server's configuration: slowlog-log-slower-than -1",
    'VAULT_URL is refused: the server asks for no password. Set "requirepass", or switch its user "default" off, and put the password into VAULT_URL.',
  ])
})

it.each([
  [{ appendonly: 'no' }, /^STORAGE_URL is refused: appendonly is no/u],
  [{ appendfsync: 'everysec' }, /^STORAGE_URL is refused: appendfsync is everysec/u],
  [{ appendfsync: 'no' }, /^STORAGE_URL is refused: appendfsync is no/u],
  [{ 'no-appendfsync-on-rewrite': 'yes' }, /no-appendfsync-on-rewrite is yes/u],
  [{ 'maxmemory-policy': 'allkeys-lru' }, /maxmemory-policy is allkeys-lru/u],
  [{ 'maxmemory-policy': 'volatile-ttl' }, /maxmemory-policy is volatile-ttl/u],
  [{ 'slowlog-log-slower-than': '0' }, /slowlog-log-slower-than is 0/u],
  [{ requirepass: '' }, /asks for no password/u],
] as const)('%o is refused with a line of its own', async (settings, line) => {
  const lines = await faults(settings)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(line)
})

it('a slow log without room keeps nothing, and snapshots of sealed data are no fault', async () => {
  expect(await faults({ 'slowlog-log-slower-than': '0', 'slowlog-max-len': '0', save: '3600 1' })).toEqual([])
})

it('a replica is refused', async () => {
  expect(await faults({ replicaof: '127.0.0.1 1' })).toEqual([
    'STORAGE_URL is refused: the server is a replica, which takes no writes. Name its primary.',
  ])
})

it('an open way to another machine is refused, and TLS or a socket of this machine are not', async () => {
  const [line] = await faults({}, 'data', () => 'redis://:secret@redis.example.org:6379')
  expect(line).toMatch(/^STORAGE_URL is refused: the way to the server is open.*rediss:\/\//u)
  expect(line).not.toContain('secret')
  expect(await faults({}, 'data', () => 'rediss://:secret@redis.example.org:6379')).toEqual([])
  expect(await faults({}, 'data', () => 'unix:///run/redis.sock')).toEqual([])
})

it('a user that may not read the settings is told what to allow', async () => {
  const server = await startRedis()
  const operator = await openRedis(server.url)
  const rules = ['on', '>of-a-test', '~*', '&*', '+@all', '-config', '-acl']
  await operator.everywhere(['ACL', 'SETUSER', 'lantern', ...rules])
  await operator.close()
  const link = await openRedis(`redis://lantern:of-a-test@127.0.0.1:${server.port}`)
  expect(await faultsOf(link, { variable: 'STORAGE_URL', use: 'data', url: server.url })).toEqual([
    'STORAGE_URL is refused: its user may not read how the server is set up. Allow it +config|get +info +acl|getuser +bgrewriteaof.',
  ])
  expect((await runIds(link))[0]).toMatch(/^[\da-f]{40}$/u)
  await link.close()
  await server.stop()
})
