import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { faultOfLine, leaks } from './judge.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The file into which every test file writes that it was watched. */
    logWatch: string
  }
}

const LINE = '{"level":30,"time":"2026-11-26T10:00:00.000Z","count":3,"event":"sweep.erased"}'

/** Before and after the whole run (`globalSetup`): the judge can find, and no file ran unwatched. */
export default function everyFile(project: TestProject): () => void {
  if (faultOfLine(LINE) !== undefined) throw new Error('the log watch refuses a line of the catalogue')
  const spoilt = LINE.replace('3', '"rosewood"')
  if (faultOfLine(spoilt) === undefined || leaks(spoilt, ['rosewood']).length === 0)
    throw new Error('the log watch does not find a canary that was put in front of it')
  const folder = mkdtempSync(join(tmpdir(), 'lantern-log-watch-'))
  const report = join(folder, 'files')
  writeFileSync(report, '')
  project.provide('logWatch', report)
  return () => {
    const watched = new Set(
      readFileSync(report, 'utf8')
        .split('\n')
        .map((line) => line.split('\t')[0]),
    )
    rmSync(folder, { recursive: true })
    const unwatched = project.vitest.state
      .getTestModules()
      .filter((one) => one.state() === 'passed' && !watched.has(one.moduleId))
      .map((one) => one.moduleId)
    if (unwatched.length > 0) throw new Error(`not watched for what the log says: ${unwatched.join(', ')}`)
  }
}
