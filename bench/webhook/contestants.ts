import { join } from 'node:path'
import { type Server, startProgram, startServer } from '../server.ts'
import { BOT_SECRET, BOT_TOKEN, whatsappSettings, type WireName } from './wires.ts'

/** Everyone who is measured, each on fresh folders in a process of its own, sending to the platform at `apiUrl`. */
export const CONTESTANTS = {
  whatsapp: {
    wire: 'whatsapp',
    start: (apiUrl, core) =>
      startServer({
        core,
        environment: {
          ...whatsappSettings(apiUrl),
        },
      }),
  },
  telegram: {
    wire: 'telegram',
    start: (apiUrl, core) =>
      startServer({
        core,
        environment: {
          NODE_ENV: 'development',
          TELEGRAM_BOT_TOKEN: BOT_TOKEN,
          TELEGRAM_WEBHOOK_SECRET: BOT_SECRET,
          TELEGRAM_API_URL: apiUrl,
        },
      }),
  },
  floor: { wire: 'whatsapp', start: peer('floor-server.ts') },
  session: { wire: 'telegram', start: peer('grammy-session-server.ts') },
  conversations: { wire: 'telegram', start: peer('grammy-conversations-server.ts') },
} as const satisfies Record<string, Contestant>

export interface Contestant {
  wire: WireName
  start(apiUrl: string, core: number): Promise<Server>
}

export type ContestantName = keyof typeof CONTESTANTS

function peer(file: string): Contestant['start'] {
  return (apiUrl, core) =>
    startProgram({
      args: [join(import.meta.dirname, file)],
      core,
      environment: { BENCH_API_URL: apiUrl, NODE_ENV: 'production' },
    })
}
