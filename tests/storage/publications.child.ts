import { writeSync } from 'node:fs'
import type { Author } from '../../src/storage/publications.ts'
import { openSqlitePublications } from '../../src/storage/sqlite/sqlite-publications.ts'

/**
 * Publishes what is live with one more to it, `most` times at the least and without end for 0; writes a line for each answer.
 * A line from the parent starts it, so that several begin at the same time.
 */
const [folder = '', name = '', most = '0'] = process.argv.slice(2)
writeSync(1, 'ready\n')
await new Promise((resolve) => void process.stdin.once('data', resolve))
const store = openSqlitePublications(folder)
for (let done = 0; most === '0' || done < Number(most); ) {
  const live = await store.live('demo')
  const base = live?.number ?? 0
  const answer = await store.publish({
    pack: 'demo',
    base,
    at: 1_000,
    about: '',
    by: `cli:${name}` as Author,
    content: JSON.stringify([...JSON.parse(live?.content ?? '[]').slice(-20), `${name} on ${base}`]),
  })
  if (typeof answer !== 'string') done += 1
  writeSync(1, `${typeof answer === 'string' ? answer : answer.number}\n`)
}
await store.close()
process.exit(0)
