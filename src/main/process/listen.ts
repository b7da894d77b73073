import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config.ts'
import { StartRefused } from '../../errors.ts'

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

/**
 * Whose word counts on where a request comes from, as Fastify's `trustProxy` takes it. Without a setting: who listens on this
 * machine alone and is known by an address of the net stands behind a proxy on this machine.
 */
export function proxiesOf({
  host,
  publicUrl,
  trustedProxies,
}: Pick<Config, 'host' | 'publicUrl' | 'trustedProxies'>): string[] {
  if (trustedProxies.length > 0) return [...trustedProxies]
  return publicUrl !== undefined && LOOPBACK.includes(host) ? ['loopback'] : []
}
