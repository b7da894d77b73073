import { basename, join } from 'node:path'
import { loadLocales } from '../../src/load-locales.ts'
import { type Canary, findResidue } from '../privacy/residue.ts'
import type { Scene } from './scene.ts'
import { type Hers, lookAt } from './thief.ts'

/** What must hold of everybody, wherever the fault struck. Each check gives its findings as sentences; none is good. */
export interface Outcome {
  hers: Hers
  /** The folder when nothing runs on it. */
  folder: string
  /** What she heard so far. */
  heard: readonly string[]
}

/** The ordinary lines that stand for "done", in every language. */
export function doneLines(): ReadonlySet<string> {
  const { locales } = loadLocales(join(import.meta.dirname, '../../locales'))
  return new Set([...locales.values()].flatMap(({ cover }) => cover.lines))
}

const DONE = doneLines()

/** Never a false "done", nobody half erased, and nothing of anybody else is touched. */
export async function wipeFindings(scene: Scene, { hers, folder, heard }: Outcome): Promise<string[]> {
  const told = heard.some((text) => DONE.has(text))
  const { readable, caseReadable, after, caseAfter, bystander } = await lookAt(folder, hers, scene.bystander)
  const findings: string[] = []
  if (told && (readable || caseReadable)) findings.push('she was told that it is done, and can be read')
  if (told && (after !== 'erased' || caseAfter === 'whole'))
    findings.push(`she was told that it is done, and after a start it is ${after}, her case ${caseAfter}`)
  if (after === 'torn' || caseAfter === 'torn') findings.push(`half erased: ${after}, her case ${caseAfter}`)
  if (after === 'erased' && caseAfter === 'whole')
    findings.push('her conversation is erased and her case is not')
  if (bystander !== 'whole') findings.push(`somebody else's conversation is ${bystander}`)
  return findings
}

/** For once it is over: she asked for it, the platform insisted, and nothing is in the way any more. */
export async function erasedFindings(scene: Scene, { hers, folder, heard }: Outcome): Promise<string[]> {
  const { readable, caseReadable, bystander } = await lookAt(folder, hers, scene.bystander)
  const findings = heard
    .filter((text) => !DONE.has(text) && text !== scene.opening)
    .map((text) => `she heard "${text.slice(0, 60)}"`)
  if (readable || caseReadable) findings.push('she asked again and again, and can still be read')
  if (bystander !== 'whole') findings.push(`somebody else's conversation is ${bystander}`)
  return findings
}

/** For once a process started on it with room on its disk: no byte of hers lies in any file. */
export function residueFindings(folder: string, hers: Hers): string[] {
  return findResidue([join(folder, 'data'), join(folder, 'vault')], bytesOf(hers)).map(
    ({ canary, file }) => `her ${canary} lies in ${basename(file)}`,
  )
}

/**
 * Her case's are cleaned a minute later at the latest when a process died meanwhile. Her pseudonym is no residue: where the
 * platform repeats what she wrote, a new conversation begins under it.
 */
function bytesOf({ conversation: { keyId, sealed } }: Hers): Canary[] {
  return [
    { name: 'key id', bytes: Buffer.from(keyId, 'base64url') },
    { name: 'record', bytes: sealed },
  ]
}
