import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import config from '../../vitest.config.ts'
import faultsConfig from '../../vitest.faults.config.ts'
import { faultOfLine, isForTheStarter, leaks } from './judge.ts'

const TIME = '"level":30,"time":"2026-11-26T10:00:00.000Z"'

function suite(file: string, watched: 'watched' | 'unwatched') {
  const script = join(import.meta.dirname, 'suite.child.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file, watched], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  })
  return { status, said: stdout + stderr }
}

describe('the log watch', () => {
  it('fails a file in which every test passes, when a line or a process says what it may not', () => {
    const { status, said } = suite('leaking.child.ts', 'watched')
    expect(status).toBe(1)
    expect(said).toMatch(/3 passed/u)
    expect(said).toContain('a log line: its field channel is not of the catalogue')
    expect(said).toContain('a log line holds 491701234567')
    expect(said).toMatch(/printed meet at the old mill/u)
  })

  it('lets a file pass in which nothing leaks', () => {
    const { status, said } = suite('quiet.child.ts', 'watched')
    expect(said).toMatch(/1 passed/u)
    expect(status).toBe(0)
  })

  it('cannot be left out: a run with a file that nobody watched fails', () => {
    const { status, said } = suite('quiet.child.ts', 'unwatched')
    expect(said).toMatch(/1 passed/u)
    expect(said).toMatch(/not watched for what the log says: .*quiet\.child\.ts/u)
    expect(status).toBe(1)
  })

  it.each([
    ['the suite', config, ['tests/log-watch/watch.ts', 'tests/chance.ts']],
    ['the faults', faultsConfig, ['tests/log-watch/watch.ts']],
  ])('stands behind every file of %s', (_which, { test }, setupFiles) => {
    expect(test?.setupFiles).toEqual(setupFiles)
    expect(test?.globalSetup).toEqual(['tests/log-watch/every-file.ts'])
  })
})

describe('a line of the log', () => {
  it.each([
    `{${TIME},"event":"stopped"}`,
    `{${TIME},"count":3,"event":"sweep.erased"}`,
    `{${TIME},"channel":"telegram","error":{"class":"TypeError","code":"ENOSPC","frames":["src/turns/handle.ts:12"]},"event":"turn.failed"}`,
  ])('is of the catalogue: %s', (line) => expect(faultOfLine(line)).toBeUndefined())

  it.each([
    'Error: rosewood',
    `{${TIME},"event":"she.wrote"}`,
    `{${TIME},"count":491701234567,"event":"sweep.erased"}`,
    `{${TIME},"count":1.5,"event":"sweep.erased"}`,
    `{${TIME},"why":"rosewood","event":"turn.failed"}`,
    `{${TIME},"channel":"[withheld]","event":"turn.failed"}`,
    `{${TIME},"event":"stopped","event":"stopped"}`,
    `{${TIME},"event":"stopped","msg":"rosewood"}`,
    `{${TIME},"error":{"class":"Error","code":"","frames":["src/turns/no-such-file.ts:12"]},"event":"turn.failed"}`,
    `{${TIME},"error":{"class":"Error","code":"A4917012345678","frames":[]},"event":"turn.failed"}`,
    `{${TIME},"error":{"class":"Error","code":"","frames":[],"message":"x"},"event":"turn.failed"}`,
    `{${TIME},"event":"stopp`,
  ])('is not of the catalogue: %s', (line) => expect(faultOfLine(line)).toBeDefined())

  it('may stand beside what is said to whoever starts the service, and to nobody else', () => {
    expect(
      isForTheStarter('PORT 80 is used by another program. Stop that program, or set another one.'),
    ).toBe(true)
    expect(
      isForTheStarter(
        'The desk has no account yet. First administrator: http://localhost:1/desk/#invite=a_-b',
      ),
    ).toBe(true)
    expect(isForTheStarter('TypeError: rosewood')).toBe(false)
    expect(isForTheStarter('she said rosewood')).toBe(false)
  })

  it('is searched for what was withheld as it is and as JSON writes it', () => {
    expect(leaks('{"a":"say \\"yes\\" now"}', ['say "yes" now', 'other'])).toEqual(['say "yes" now'])
  })
})
