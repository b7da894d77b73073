import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { pragma } from './file.ts'

/**
 * Copies one data file into a new one by `VACUUM INTO`: a consistent state, with none of the space that SQLite calls free
 * and in which erased rows may still lie. Safe beside a process that uses the file; only the cleaning of its log of
 * writes waits meanwhile. In a thread of its own, so that the progress can be told.
 */
export async function snapshot(
  from: string,
  to: string,
  progress: (done: number, of: number) => void = () => {},
): Promise<void> {
  const of = bytesOf(from)
  const timer = setInterval(() => progress(Math.min(of, sizeOf(to)), of), 100)
  try {
    await new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('snapshot-thread.ts', import.meta.url), { workerData: { from, to } })
      worker.once('error', reject)
      worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error('the copy was cut off'))))
    })
    progress(of, of)
  } finally {
    clearInterval(timer)
  }
}

/** About as much as the copy will have. */
function bytesOf(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return (pragma(db, 'page_count') - pragma(db, 'freelist_count')) * pragma(db, 'page_size')
  } finally {
    db.close()
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
