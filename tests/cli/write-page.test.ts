import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lacksFont } from '../../src/cli/book/write-page.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fonts-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A fontconfig that knows Bengali and no other language. */
function fontconfig(): NodeJS.ProcessEnv {
  const program = join(folder, 'fc-list')
  writeFileSync(program, '#!/bin/sh\ncase "$1" in :lang=bn) echo /a/font.ttf;; esac\n')
  chmodSync(program, 0o755)
  return { PATH: `${folder}:/usr/bin:/bin` }
}

test('a machine without a font for a language is known before anything is printed', () => {
  const environment = fontconfig()
  expect(lacksFont('bn', environment)).toBe(false)
  expect(lacksFont('ar', environment)).toBe(true)
})

test('where there is no fontconfig to ask, nothing is said', () => {
  expect(lacksFont('ar', { PATH: folder })).toBe(false)
})
