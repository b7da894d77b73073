import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Manifest, renderChart } from './render-chart.ts'
import { faultsIn, settingsOf, TOKENS, unknownSettings } from './settings-named.ts'

/** The chart as it would be applied, for three clusters. Helm itself is not run here: render-chart.ts says what is known. */
const CHART = join(import.meta.dirname, '../../deploy/helm/lantern')
const VALUES = join(import.meta.dirname, 'values')
const clusters = readdirSync(VALUES).map((name) => {
  const values = parse(readFileSync(join(VALUES, name), 'utf8')) as Record<string, unknown>
  return { name, values, manifests: renderChart(CHART, values) }
})

interface Container {
  name: string
  image: string
  env?: { name: string; value: string }[]
  command?: string[]
  ports: { name: string; containerPort: number }[]
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[]
  securityContext: object
  resources: { limits: Record<string, string>; requests: Record<string, string> }
  [probe: string]: unknown
}
interface Pod {
  spec: {
    containers: Container[]
    volumes: { name: string; [source: string]: unknown }[]
    securityContext: Record<string, unknown>
    [field: string]: unknown
  }
  metadata: { labels: Record<string, string> }
}

function only(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.filter((one) => one.kind === kind && one.metadata.name === name)
  if (found[0] === undefined || found.length > 1) throw new Error(`${kind} ${name}: ${found.length}`)
  return found[0]
}
const specOf = (manifest: Manifest) => manifest['spec'] as Record<string, unknown>
const podOf = (manifest: Manifest) => specOf(manifest)['template'] as Pod
const podsOf = (manifests: readonly Manifest[]) =>
  manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet').map(podOf)
const containerOf = (manifest: Manifest): Container => {
  const [first] = podOf(manifest).spec.containers
  if (first === undefined) throw new Error('no container')
  return first
}

it('is tried for at least three clusters', () => expect(clusters.length).toBeGreaterThanOrEqual(3))

describe.each(clusters)('the chart with $name', ({ manifests, values }) => {
  const bot = only(manifests, 'Deployment', 'lantern-bot')

  it('gives every container no more than it needs', () => {
    for (const { spec } of podsOf(manifests)) {
      expect(spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false })
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      })
      expect(spec.securityContext['runAsUser']).toBeGreaterThan(0)
      for (const container of spec.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        })
        expect(container.image).toMatch(/:\d+\.\d+\.\d+[\w.-]*$/u)
        expect(container.resources.limits['memory']).toBeDefined()
        const mounted = container.volumeMounts.map(({ name }) => name)
        const known = [...spec.volumes.map(({ name }) => name), 'log']
        expect(mounted.filter((name) => !known.includes(name))).toEqual([])
      }
    }
  })

  it('asks the bot whether it lives and whether it is ready, and leaves it time to finish', () => {
    const container = containerOf(bot)
    expect(container['livenessProbe']).toMatchObject({ httpGet: { path: '/health/live', port: 'http' } })
    expect(container['readinessProbe']).toMatchObject({ httpGet: { path: '/health/ready', port: 'http' } })
    const [, ms = ''] = /STOP_MS = ([\d_]+)/u.exec(sourceOf('src/main/process/process-end.ts')) ?? []
    const seconds = Number(ms.replaceAll('_', '')) / 1000
    expect(seconds).toBeGreaterThan(0)
    expect(podOf(bot).spec['terminationGracePeriodSeconds']).toBeGreaterThan(seconds + 2)
    expect(specOf(bot)['strategy']).toMatchObject({ rollingUpdate: { maxUnavailable: 0 } })
    // A part that is not well says so within two seconds, and there are three of them.
    expect((container['readinessProbe'] as { timeoutSeconds: number }).timeoutSeconds).toBeGreaterThan(6)
    expect(specOf(only(manifests, 'PodDisruptionBudget', 'lantern-bot'))).toMatchObject({
      maxUnavailable: 1,
      selector: specOf(bot)['selector'],
    })
  })

  it('names settings that there are, and with the secret they are all that the start wants', () => {
    const given = settingsOf((containerOf(bot).env ?? []).map(({ name, value }) => [name, value] as const))
    expect(unknownSettings(given)).toEqual([])
    expect(given).toMatchObject(settingsOf(Object.entries(values['settings'] ?? {})))
    expect(Object.keys(given).filter((name) => /TOKEN|SECRET|_URL$|KEY_FILE/u.test(name))).toEqual([
      'PUBLIC_URL',
    ])
    const inSecret = {
      STORAGE_URL: 'rediss://lantern:x@lantern-data:6379',
      VAULT_URL: 'rediss://lantern:x@lantern-vault:6379',
      ...TOKENS,
    }
    const inImage = { NODE_ENV: 'production', HOST: '0.0.0.0', DATA_DIR: '/d', VAULT_DIR: '/v' }
    expect(faultsIn({ ...inImage, ...inSecret, ...given })).toEqual([])
    expect(faultsIn({ ...inImage, ...given, STORAGE_URL: inSecret.STORAGE_URL })).not.toEqual([])
  })

  it('holds no secret', () => {
    expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([])
    expect(JSON.stringify(manifests)).not.toMatch(/rediss?:\/\/|PASSWORD/u)
  })

  it('lets nobody near a server but the bot, and a server near nobody', () => {
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy')
    const guarded = policies.map((policy) => specOf(policy)['podSelector'])
    for (const { metadata } of podsOf(manifests))
      expect(guarded).toContainEqual({ matchLabels: metadata.labels })
    for (const policy of policies) expect(specOf(policy)['policyTypes']).toEqual(['Ingress', 'Egress'])
    for (const use of usesOf(manifests)) {
      const { ingress, egress } = specOf(only(manifests, 'NetworkPolicy', `lantern-${use}`))
      expect(egress).toEqual([])
      expect(ingress).toEqual([
        {
          from: [{ podSelector: { matchLabels: podOf(bot).metadata.labels } }],
          ports: [{ port: 'redis', protocol: 'TCP' }],
        },
      ])
    }
  })

  it('lets the bot out to names, platforms, its servers, and to those elsewhere with their sentinels', () => {
    const egress = specOf(only(manifests, 'NetworkPolicy', 'lantern-bot'))['egress'] as {
      to?: { ipBlock?: { cidr: string } }[]
      ports: { port: number }[]
    }[]
    const elsewhere = (values['externalServers'] ?? []) as string[]
    const portsTo = (cidr: string) =>
      egress
        .filter(({ to = [] }) => to.some(({ ipBlock }) => ipBlock?.cidr === cidr))
        .flatMap(({ ports }) => ports.map(({ port }) => port))
    for (const cidr of elsewhere) expect(portsTo(cidr)).toEqual([6379, 26_379])
    const usual = [53, 53, 443, 6379]
    expect(egress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual(
      elsewhere.length > 0 ? [...usual, 26_379] : usual,
    )
  })

  it('starts each server with our configuration, by TLS alone, on a volume of its own', () => {
    for (const use of usesOf(manifests)) {
      const { data } = only(manifests, 'ConfigMap', `lantern-${use}`) as unknown as {
        data: Record<string, string>
      }
      const { maxmemoryMi } = memoryOf(values, use)
      const ours = sourceOf(`deploy/redis/${use}.conf`)
      expect(data['server.conf']).toBe(ours.replace(/^maxmemory \d+mb$/mu, `maxmemory ${maxmemoryMi}mb`))
      const set = only(manifests, 'StatefulSet', `lantern-${use}`)
      const words = (containerOf(set).command ?? []).join(' ')
      expect(words).toMatch(
        /^valkey-server \/etc\/lantern\/config\/server\.conf --dir \/data --port 0 --tls-port 6379 /u,
      )
      const mounts = containerOf(set).volumeMounts.map(({ mountPath }) => mountPath)
      expect(mounts).toEqual(['/etc/lantern/config', '/etc/lantern/redis', '/data'])
      expect(specOf(set)).toMatchObject({
        replicas: 1,
        volumeClaimTemplates: [{ metadata: { name: 'log' } }],
      })
    }
  })

  it('leads every selector and every name to something', () => {
    const labels = podsOf(manifests).map(({ metadata }) => metadata.labels)
    for (const service of manifests.filter(({ kind }) => kind === 'Service'))
      expect(labels).toContainEqual(specOf(service)['selector'])
    const services = manifests.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name)
    const ingresses = manifests.filter(({ kind }) => kind === 'Ingress')
    const pathsOf = (ingress: Manifest) =>
      [...JSON.stringify(specOf(ingress)).matchAll(/"path":"([^"]+)"/gu)].map(([, path]) => path)
    const isOurs = (values['ingress'] as { enabled?: boolean } | undefined)?.enabled !== false
    expect(ingresses.map(pathsOf)).toEqual(isOurs ? [['/webhooks'], ['/desk']] : [])
    for (const ingress of ingresses) {
      const text = JSON.stringify(specOf(ingress))
      for (const [, name = ''] of text.matchAll(/"service":\{"name":"([^"]+)"/gu))
        expect(services).toContain(name)
    }
  })
})

describe.each(['servers-elsewhere.yaml', 'three-here.yaml'])('the desk of the chart with %s', (name) => {
  const values = parse(readFileSync(join(VALUES, name), 'utf8')) as Record<string, unknown>

  it('is reached from the networks that were said, the webhooks from everywhere, and neither leaves a line', () => {
    const manifests = renderChart(CHART, values)
    const annotationsOf = (of: string) =>
      (only(manifests, 'Ingress', of).metadata as { annotations?: Record<string, string> }).annotations ?? {}
    const networks = 'nginx.ingress.kubernetes.io/whitelist-source-range'
    expect(annotationsOf('lantern-desk')[networks]).toBe(values['deskNetworks'])
    expect(annotationsOf('lantern')).not.toHaveProperty([networks])
    for (const one of ['lantern', 'lantern-desk'])
      expect(annotationsOf(one)['nginx.ingress.kubernetes.io/enable-access-log']).toBe('false')
  })

  it('is not installed while nobody said from where it may be reached, and whose word on that counts', () => {
    const { deskNetworks: _, ...openToAll } = values
    expect(() => renderChart(CHART, openToAll)).toThrow('deskNetworks: from where')
    expect(() => renderChart(CHART, { ...values, ingress: {} })).toThrow('ingress.podNetworks: the network')
  })
})

it('gives a server more room by values alone, in a new pod, and refuses room that does not fit', () => {
  const values = parse(readFileSync(join(VALUES, 'own-ingress.yaml'), 'utf8')) as Record<string, unknown>
  const inData = (more: object) =>
    renderChart(CHART, { ...values, data: { ...(values['data'] as object), ...more } })
  const [usual, larger] = [inData({}), inData({ maxmemoryMi: 3_000, memoryMi: 6_000 })]
  const [before, after] = [usual, larger].map((all) => only(all, 'StatefulSet', 'lantern-data'))
  if (before === undefined || after === undefined) throw new Error('no server')
  expect(containerOf(after).resources).toMatchObject({ limits: { memory: '6000Mi' } })
  const annotations = [before, after].map((one) => JSON.stringify(podOf(one).metadata))
  expect(annotations[0]).toMatch(/"lantern\/configuration":"[\da-f]{64}"/u)
  expect(annotations[0]).not.toBe(annotations[1])
  const vaults = [usual, larger].map((all) => JSON.stringify(only(all, 'StatefulSet', 'lantern-vault')))
  expect(vaults[0]).toBe(vaults[1])
  expect(() => inData({ maxmemoryMi: 2_049 })).toThrow('at least twice data.maxmemoryMi')
})

it('after a restore it drops what waited, once, with all that a bot has', () => {
  const values = parse(readFileSync(join(VALUES, 'three-here.yaml'), 'utf8')) as Record<string, unknown>
  const usual = renderChart(CHART, values)
  expect(usual.filter(({ kind }) => kind === 'Job')).toEqual([])
  const restored = renderChart(CHART, { ...values, replicas: 0, afterRestore: true })
  const [bot, job] = [
    only(restored, 'Deployment', 'lantern-bot'),
    only(restored, 'Job', 'lantern-after-restore'),
  ]
  expect(specOf(bot)['replicas']).toBe(0)
  expect(specOf(job)['backoffLimit']).toBe(0)
  const [served, once] = [containerOf(bot), containerOf(job)]
  expect(once['args']).toEqual(['restore', '--servers'])
  const environment = (served.env ?? []).filter(({ name }) => name !== 'METRICS_PORT')
  for (const field of ['image', 'workingDir', 'securityContext', 'resources', 'volumeMounts'])
    expect([field, once[field]]).toEqual([field, served[field]])
  expect(once.env).toEqual(environment)
  expect(podOf(job).spec.volumes).toEqual(podOf(bot).spec.volumes)
  expect(podOf(job).spec.securityContext).toEqual(podOf(bot).spec.securityContext)
  expect(podOf(job).spec['restartPolicy']).toBe('Never')
  // So the servers let it in.
  expect(podOf(job).metadata.labels).toEqual(podOf(bot).metadata.labels)
})

describe('rendering', () => {
  it('refuses a chart without an image, a value that there is not, and what it does not know', () => {
    expect(() => renderChart(CHART, {})).toThrow('image: the name and the exact tag')
    expect(() => renderChart(CHART, { imgae: 'x' })).toThrow('the chart has no value imgae')
  })
})

function memoryOf(values: Record<string, unknown>, use: string): { maxmemoryMi: number } {
  const own = parse(sourceOf('deploy/helm/lantern/values.yaml')) as Record<string, object>
  return { ...own[use], ...(values[use] as object | undefined) } as { maxmemoryMi: number }
}

function usesOf(manifests: readonly Manifest[]): string[] {
  const sets = manifests.filter(({ kind }) => kind === 'StatefulSet')
  return sets.map(({ metadata }) => metadata.name.replace('lantern-', ''))
}

function sourceOf(path: string): string {
  return readFileSync(join(import.meta.dirname, '../..', path), 'utf8')
}
