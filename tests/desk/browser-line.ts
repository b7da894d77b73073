import { Agent, type IncomingMessage, request } from 'node:http'

/**
 * One browser's way to the desk: its cookie, its few connections, and an address of its own (127.1.x.y; Linux answers on
 * all of 127/8), since the desk counts how often one address tries to sign in and 200 people at 200 desks are not one.
 */
export interface BrowserLine {
  get<T>(path: string): Promise<T>
  /** Reads the answer to its end and only counts it. */
  drain(path: string): Promise<number>
  post<T>(path: string, body?: object): Promise<T>
  /** The event stream: each event as it comes. Resolves when it is open. */
  listen(heard: (event: unknown) => void): Promise<void>
  cookie(): string
  close(): void
}

/** A browser opens six connections to one host, and the stream holds one of them. */
const CONNECTIONS = 5

let lines = 0

export function openLine(address: string): BrowserLine {
  lines += 1
  const localAddress = `127.1.${lines >> 8}.${lines & 255}`
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const { hostname, port } = new URL(address)
  // Passkeys need a name, and the desk takes this one for the same machine.
  const origin = `http://localhost:${port}`
  let cookie = ''
  let stream: IncomingMessage | undefined

  function ask(method: 'GET' | 'POST', path: string, body?: object, alone = false): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          hostname,
          port,
          localAddress,
          method,
          path: `/desk/api/${path}`,
          agent: alone ? false : agent,
          headers: {
            host: `localhost:${port}`,
            'sec-fetch-site': 'same-origin',
            origin,
            ...(cookie === '' ? {} : { cookie }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
        },
        (answer) => {
          const set = answer.headers['set-cookie']?.at(-1)?.split(';')[0]
          if (set !== undefined) cookie = set
          if (answer.statusCode === 200) resolve(answer)
          else {
            answer.resume()
            reject(new Error(`${method} /desk/api/${path} was answered ${answer.statusCode ?? 0}`))
          }
        },
      )
      asked.on('error', reject)
      asked.end(body === undefined ? undefined : JSON.stringify(body))
    })
  }

  return {
    get: async (path) => JSON.parse((await textOf(await ask('GET', path))).toString()) as never,
    drain: async (path) => (await textOf(await ask('GET', path))).length,
    post: async (path, body = {}) =>
      JSON.parse((await textOf(await ask('POST', path, body))).toString()) as never,
    async listen(heard) {
      stream = await ask('GET', 'events', undefined, true)
      stream.setEncoding('utf8')
      stream.on('error', () => {})
      let rest = ''
      stream.on('data', (part: string) => {
        const told = `${rest}${part}`.split('\n')
        rest = told.pop() ?? ''
        for (const one of told) if (one.startsWith('data: ')) heard(JSON.parse(one.slice(6)))
      })
    },
    cookie: () => cookie,
    close() {
      stream?.destroy()
      agent.destroy()
    },
  }
}

function textOf(answer: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    answer.on('data', (part: Buffer) => parts.push(part))
    answer.on('end', () => resolve(Buffer.concat(parts)))
    answer.on('error', reject)
  })
}
