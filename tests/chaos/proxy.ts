import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A TCP line that a test can cut, slow, leave half open or refuse. Bytes are passed on as they are, in their order. */
export interface Proxy {
  port: number
  /** Every connection breaks off now; new ones are served. */
  cut(): void
  /** Every piece arrives so many milliseconds later, in both directions, until `heal`. */
  slow(ms: number): void
  /** What is asked arrives and is carried out, but no answer comes back; `heal` breaks those connections off. */
  halfOpen(): void
  /** Nobody gets through; connections that were there break off. */
  refuse(): void
  heal(): void
  stop(): Promise<void>
}

export interface ProxyOptions {
  /** Where to; asked again for each connection. */
  to(): { host: string; port: number }
  /** Listens here; on any free port when not given. */
  port?: number
  /** The address that the other end sees; asked again for each connection. */
  from?(): string
}

type Mode = { kind: 'whole' } | { kind: 'slow'; ms: number } | { kind: 'halfOpen' } | { kind: 'refused' }

export async function startProxy({ to, port = 0, from }: ProxyOptions): Promise<Proxy> {
  let mode: Mode = { kind: 'whole' }
  const open = new Set<Socket>()

  const server = createServer((near) => {
    if (mode.kind === 'refused') return void near.resetAndDestroy()
    const localAddress = from?.()
    const far = connect({ ...to(), ...(localAddress === undefined ? {} : { localAddress }) })
    pass(near, far, () => false)
    pass(far, near, () => mode.kind === 'halfOpen')
  })

  function pass(source: Socket, sink: Socket, isMute: () => boolean): void {
    open.add(source)
    let before: Promise<void> = Promise.resolve()
    /** Later than all that came before it. */
    const inTurn = (work: () => void) => {
      const ms = mode.kind === 'slow' ? mode.ms : 0
      const delay = ms === 0 ? undefined : new Promise<void>((resolve) => void setTimeout(resolve, ms))
      before = before.then(() => delay).then(work)
    }
    source.setNoDelay(true)
    source.on('data', (bytes) => {
      if (isMute()) return
      inTurn(() => void (sink.destroyed ? undefined : sink.write(bytes)))
    })
    source.on('end', () => inTurn(() => void sink.end()))
    source.on('error', () => inTurn(() => void sink.destroy()))
    source.on('close', () => {
      open.delete(source)
      inTurn(() => void sink.destroy())
    })
  }

  function cut(): void {
    for (const socket of open) socket.resetAndDestroy()
  }

  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut,
    slow(ms) {
      mode = { kind: 'slow', ms }
    },
    halfOpen() {
      mode = { kind: 'halfOpen' }
    },
    refuse() {
      mode = { kind: 'refused' }
      cut()
    },
    heal() {
      const wasMute = mode.kind === 'halfOpen'
      mode = { kind: 'whole' }
      if (wasMute) cut()
    },
    async stop() {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}
