import { once } from 'node:events'
import { chmodSync, existsSync, rmSync } from 'node:fs'
import { createServer, connect, type Server, type Socket } from 'node:net'
import { join, relative } from 'node:path'

/**
 * How `lantern drain` asks a running process to stop (docs/decisions/0012-two-versions-side-by-side.md): a socket in
 * DATA_DIR, named after its port, that only the owner of the folder can open. It takes one word and says when all is given
 * back. One that a killed process left behind has nobody who listens, and is taken over.
 */
const WORD = 'drain\n'
const DONE = 'drained\n'

export interface StopAsked {
  asked: Promise<void>
  /** All is given back: who asked is told. */
  done(): Promise<void>
}

/** undefined where no such socket can be made (Windows, a path that is too long, a process of the same port that lives). */
export async function listenForStop(dataDir: string, port: number): Promise<StopAsked | undefined> {
  const path = placeOf(dataDir, port)
  if (process.platform === 'win32' || (await answers(path))) return undefined
  rmSync(path, { force: true })
  const { promise, resolve } = Promise.withResolvers<void>()
  const askers = new Set<Socket>()
  const server = createServer((socket) => {
    askers.add(socket)
    socket.setEncoding('utf8').on('data', (text: string) => text === WORD && resolve())
    socket.on('error', () => socket.destroy()).on('close', () => askers.delete(socket))
  })
  if (!(await listening(server, path))) return undefined
  server.unref()
  return {
    asked: promise,
    async done() {
      server.close()
      rmSync(path, { force: true })
      await Promise.all([...askers].map((socket) => new Promise<void>((end) => socket.end(DONE, end))))
    },
  }
}

/** nobody: no process of this port is there. cut: it ended before all was given back. */
export async function askToStop(dataDir: string, port: number): Promise<'drained' | 'cut' | 'nobody'> {
  const socket = connect(placeOf(dataDir, port))
  try {
    await once(socket, 'connect')
  } catch {
    return 'nobody'
  }
  let heard = ''
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text))
  socket.write(WORD)
  await once(socket, 'close').catch(() => undefined)
  return heard === DONE ? 'drained' : 'cut'
}

/** The shorter way to it, since a socket's path may have about a hundred bytes. */
function placeOf(dataDir: string, port: number): string {
  const path = join(dataDir, `process-${port}.sock`)
  const near = relative(process.cwd(), path)
  return near.length < path.length ? near : path
}

async function answers(path: string): Promise<boolean> {
  if (!existsSync(path)) return false
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function listening(server: Server, path: string): Promise<boolean> {
  try {
    server.listen(path)
    await once(server, 'listening')
    chmodSync(path, 0o600)
    return true
  } catch {
    return false
  }
}
