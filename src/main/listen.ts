import type { FastifyInstance } from 'fastify'
import { StartRefused } from '../errors.ts'

/** Listens and resolves to the address; `setting` names the variable of the port. */
export async function listen(
  server: FastifyInstance,
  { host, port, setting }: { host: string; port: number; setting: 'PORT' | 'METRICS_PORT' },
): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const problem =
      code === 'EADDRINUSE'
        ? `${setting} ${port} is used by another program`
        : `HOST and ${setting} cannot be listened on`
    throw new StartRefused('server.portTaken', [`${problem}. Stop that program, or set another one.`])
  }
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

/** Who listens on this machine alone and is known by an address of the net stands behind a proxy on this machine. */
export function isBehindProxy({ host, publicUrl }: { host: string; publicUrl: string | undefined }): boolean {
  return publicUrl !== undefined && LOOPBACK.includes(host)
}
