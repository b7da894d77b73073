import { existsSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { describe, expect, it } from 'vitest'
import { imageSettings, imageStages, stagesIn } from './image.ts'
import { unknownSettings } from './settings-named.ts'

/** The image as it would be built; that it starts is shown in tests/faults/deployed.test.ts. */
const HOUSE = join(import.meta.dirname, '../..')
const stages = imageStages()
const [build, last] = [stages[0], stages.at(-1)]
const stepsOf = (keyword: string) => (last?.steps ?? []).filter((step) => step.keyword === keyword)
const { optionalDependencies } = JSON.parse(readFileSync(join(HOUSE, 'package.json'), 'utf8')) as {
  optionalDependencies: Record<string, string>
}

describe('the image', () => {
  it('begins with an exact version of Node, the same that package.json pins, and ends with nothing but ours', () => {
    const versions = new Set(Object.values(optionalDependencies))
    expect(versions.size).toBe(1)
    expect(build?.base).toBe(`node:${[...versions][0]}-bookworm-slim`)
    expect(last?.base).toBe('scratch')
    for (const { base } of stages) expect(base).not.toMatch(/latest|^[^:]+$(?<!scratch)/u)
  })

  it('takes nothing from the net but by npm ci, and nothing from elsewhere', () => {
    const all = stages.flatMap(({ steps }) => steps)
    expect(all.filter(({ keyword }) => keyword === 'ADD')).toEqual([])
    const runs = all.filter(({ keyword }) => keyword === 'RUN').map(({ raw }) => raw)
    expect(runs.filter((run) => /https?:|curl|wget|apt/u.test(run))).toEqual([])
    expect(runs.filter((run) => run.includes('npm'))).toEqual(['npm ci --omit=dev'])
    expect(readFileSync(join(HOUSE, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/mu)
  })

  it('copies what there is, and what the ignore file lets through', () => {
    const patterns = readFileSync(join(HOUSE, 'deploy/Dockerfile.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
    expect(patterns[0]).toBe('*')
    const passes = (path: string) =>
      patterns.reduce((out, pattern) => {
        const negated = pattern.startsWith('!')
        const glob = negated ? pattern.slice(1) : pattern
        const hit = glob === '*' || [glob, `${glob}/**`].some((one) => matchesGlob(path, one))
        return hit ? negated : out
      }, true)
    const copied = (build?.steps ?? [])
      .filter(({ keyword, flags }) => keyword === 'COPY' && flags.length === 0)
      .flatMap(({ words }) => words.slice(0, -1))
    expect(copied).toContain('src')
    for (const source of copied) {
      expect(existsSync(join(HOUSE, source)), source).toBe(true)
      expect(passes(source), source).toBe(true)
    }
    const kept = ['.env', 'data/data.db', 'vault/vault.db', 'vault/root.key', '.git/HEAD', 'src/.env']
    expect(kept.filter(passes)).toEqual([])
    expect(passes('packs/demo/pack.json')).toBe(true)
  })

  it('takes into its last stage only what an earlier one made', () => {
    const flags = stepsOf('COPY').map((step) => step.flags)
    expect(flags).toEqual([['--from=build'], ['--from=build', '--chown=65532:65532'], ['--from=build']])
    expect(build?.name).toBe('build')
  })

  it('runs as nobody in particular, without a shell, and can be told to end', () => {
    expect(stepsOf('USER').map(({ raw }) => raw)).toEqual(['65532:65532'])
    for (const keyword of ['ENTRYPOINT', 'CMD']) expect(stepsOf(keyword)[0]?.raw).toMatch(/^\[".*"\]$/u)
    expect(stepsOf('RUN')).toEqual([])
    const [health] = stepsOf('HEALTHCHECK')
    expect(health?.raw).toMatch(/^CMD \["\/lantern\/node_modules\/\.bin\/node", "-e", /u)
    expect(health?.raw).toContain(`127.0.0.1:${imageSettings()['PORT']}/health/ready`)
    const [entry] = stepsOf('ENTRYPOINT')
    expect(entry?.words[1]).toBe('/lantern/src/cli/preflight.js')
    expect(existsSync(join(HOUSE, entry?.words[1]?.replace('/lantern/', '') ?? ''))).toBe(true)
  })

  it('names settings that there are, and no secret', () => {
    const settings = imageSettings()
    expect(settings).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0' })
    expect(unknownSettings(settings)).toEqual([])
    expect(Object.keys(settings).filter((name) => /TOKEN|SECRET|KEY|URL/u.test(name))).toEqual([])
  })

  it('is read as strictly as it is written', () => {
    expect(() => stagesIn('RUN true\nFROM scratch')).toThrow('before the first FROM')
    expect(stagesIn('FROM a:1 AS b\nCMD ["x", "y z"]')[0]).toMatchObject({
      base: 'a:1',
      name: 'b',
      steps: [{ keyword: 'CMD', words: ['x', 'y z'] }],
    })
  })
})
