import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** In front of several processes, as a proxy without any memory of whose page asks: each request goes to the next of them. */
export interface RoundRobin {
  address: string
  /** To which the next request goes. */
  next(process: number): void
  close(): void
}

export async function roundRobin(addresses: readonly string[]): Promise<RoundRobin> {
  let turn = 0
  const server = createServer((asked, answer) => {
    const { hostname, port } = new URL(addresses[turn++ % addresses.length] ?? '')
    const { method, url, headers } = asked
    const on = request(
      { hostname, port, method, path: url, headers, agent: false },
      (heard: IncomingMessage) => {
        answer.writeHead(heard.statusCode ?? 502, heard.headers)
        heard.on('error', () => answer.destroy())
        heard.pipe(answer)
      },
    )
    on.on('error', () => answer.destroy())
    answer.on('close', () => on.destroy())
    asked.pipe(on)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (process) => void (turn = process),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
