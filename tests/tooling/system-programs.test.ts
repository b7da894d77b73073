import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FOR_FAULTS, makeSureOfSystemPrograms } from '../system-programs.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantern-programs-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

function program(name: string): string {
  const path = join(folder, name)
  writeFileSync(path, '#!/bin/sh\n')
  chmodSync(path, 0o755)
  return path
}

test('programs that are there are left alone', () => {
  for (const name of ['chromium', 'redis-server']) program(name)
  const run = vi.fn<() => boolean>(() => true)
  expect(makeSureOfSystemPrograms({ PATH: folder }, run)).toBe(true)
  expect(run).not.toHaveBeenCalled()
})

test('a missing program is installed where that is allowed', () => {
  program('apt-get')
  program('sudo')
  vi.spyOn(console, 'log').mockReturnValue()
  const run = vi.fn<(words: string[]) => boolean>((words) => {
    if (words.includes('install')) for (const name of ['chromium', 'redis-server']) program(name)
    return true
  })
  expect(makeSureOfSystemPrograms({ PATH: folder }, run)).toBe(true)
  const commands = run.mock.calls.map(([words]) => words.join(' ').replace('sudo -n ', ''))
  expect(commands.filter((command) => command.startsWith('apt-get'))).toEqual([
    'apt-get update -qq',
    'apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-noto-core redis-server',
  ])
})

test('where nothing may be installed, the exact command is printed', () => {
  const print = vi.spyOn(console, 'error').mockReturnValue()
  expect(makeSureOfSystemPrograms({ PATH: folder }, () => false)).toBe(false)
  expect(print.mock.calls.join('\n')).toContain(
    'sudo apt-get update && sudo apt-get install -y chromium-headless-shell fonts-noto-core',
  )
})

test('a path that was told counts instead of the usual names', () => {
  vi.spyOn(console, 'error').mockReturnValue()
  const path = program('some-browser')
  program('valkey-server')
  expect(makeSureOfSystemPrograms({ PATH: folder, CHROMIUM_PATH: path }, () => false)).toBe(true)
  expect(makeSureOfSystemPrograms({ PATH: folder, CHROMIUM_PATH: '/nowhere' }, () => false)).toBe(false)
})

test('what only the fault tests need is asked for by them alone', () => {
  const print = vi.spyOn(console, 'error').mockReturnValue()
  expect(makeSureOfSystemPrograms({ PATH: folder }, () => false, FOR_FAULTS)).toBe(false)
  expect(print.mock.calls.join('\n')).toMatch(/apt-get install -y strace[^]*apt-get install -y faketime/u)
  program('redis-server')
  program('strace')
  program('faketime')
  expect(makeSureOfSystemPrograms({ PATH: folder }, () => false, FOR_FAULTS)).toBe(false)
  program('caddy')
  program('systemd-analyze')
  expect(makeSureOfSystemPrograms({ PATH: folder }, () => false, FOR_FAULTS)).toBe(true)
})
