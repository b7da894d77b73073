import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HOUSE } from '../../src/cli/house.ts'

function understand(args: string[], input: string) {
  const path = join(HOUSE, 'src/cli/preflight.js')
  return spawnSync(process.execPath, [path, 'understand', ...args], { input, encoding: 'utf8' })
}

test('each typed line is answered by one object, which does not repeat it', () => {
  const { stdout, status } = understand(
    ['--json'],
    'exit\nhe is going to kill me\nmy husband beats me\n\nnice weather\n',
  )
  expect(status).toBe(0)
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { kind: 'command', command: 'exit', lang: 'en' },
    { kind: 'danger', tier: 1, lang: 'en' },
    { kind: 'disclosure', tier: 2, lang: 'en' },
    { kind: 'text' },
    { kind: 'text' },
  ])
})

test('for people it is a few words, and an unknown option is refused in a sentence', () => {
  expect(understand([], 'erase\n').stdout).toBe('command  wipe  en\n')
  const refused = understand(['--yaml'], '')
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('Usage:')])
})
