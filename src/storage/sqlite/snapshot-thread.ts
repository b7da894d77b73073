import { chmodSync, closeSync, fsyncSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { workerData } from 'node:worker_threads'

/** The thread of `snapshot`: copies, and ends when the copy is on the disk, for its owner's eyes only. */
const { from, to } = workerData as { from: string; to: string }
closeSync(openSync(to, 'wx', 0o600))
const db = new DatabaseSync(from, { readOnly: true, timeout: 10_000 })
db.prepare('VACUUM INTO ?').run(to)
db.close()
chmodSync(to, 0o600)
const handle = openSync(to, 'r+')
fsyncSync(handle)
closeSync(handle)
