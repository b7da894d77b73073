import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { serve } from './served.ts'

describe('a broken configuration', () => {
  it.each([
    [{ PORT: 'eighty', ENTRANCE: 'half' }, /PORT is not.*\nENTRANCE is not/u],
    [{ PACKS: 'nowhere' }, /PACKS nowhere: pack.json: cannot be read/u],
    [{ LANGUAGES: 'en,xx' }, /locales\/xx is not there/u],
    [
      { NODE_ENV: 'production' },
      /LANGUAGES names en, in which nobody has reviewed: exit, .*UNREVIEWED_LANGUAGES=en/u,
    ],
    [{ HOST: '0.0.0.0', SIMULATOR: 'on' }, /SIMULATOR is on, but HOST/u],
  ])('%j stops the start with one line a fault', async (settings, line) => {
    const folder = mkdtempSync(join(tmpdir(), 'lantern-broken-'))
    await expect(serve(folder, settings as Record<string, string>)).rejects.toThrow(line)
    rmSync(folder, { recursive: true })
  })
})
