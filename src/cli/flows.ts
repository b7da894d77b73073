import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pictures } from './flows/pictures.ts'

/** `lantern flows draw`: writes docs/flows.svg and one picture a flow, and takes away those of flows that are gone. */
const DOCS = join(import.meta.dirname, '../../docs')

export async function run([what]: readonly string[]): Promise<number> {
  if (what !== 'draw') {
    console.error('Usage: npm run -s lantern -- flows draw')
    return 1
  }
  const drawn = await pictures()
  mkdirSync(join(DOCS, 'flows'), { recursive: true })
  for (const name of readdirSync(join(DOCS, 'flows')))
    if (name.endsWith('.svg') && !drawn.has(`flows/${name}`)) rmSync(join(DOCS, 'flows', name))
  for (const [path, svg] of drawn) writeFileSync(join(DOCS, path), svg)
  console.log(`${drawn.size} pictures are in docs/.`)
  return 0
}
