import fastify, { type FastifyInstance } from 'fastify'

/** What the peers and the floor share: the settings that `startProgram` gives, the address as the first line. */
export const DATA_FOLDER = setting('DATA_DIR')
export const API_URL = setting('BENCH_API_URL')

/** A fault ends the process, so that no contestant is measured while it drops messages. */
export async function servePeer(routes: (server: FastifyInstance) => void): Promise<void> {
  process.on('unhandledRejection', (error) => {
    console.error(error)
    process.exit(1)
  })
  const server = fastify({ logger: false, forceCloseConnections: true })
  routes(server)
  process.once('SIGTERM', () => process.exit(0))
  console.log(await server.listen({ host: '127.0.0.1', port: Number(setting('PORT')) }))
}

function setting(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
