import type { FastifyInstance } from 'fastify'

/** One of the two ways in which updates come: fetched, or delivered to us. */
export interface Inlet {
  /** Registers what Telegram calls; nothing where updates are fetched. Before the server listens. */
  routes(server: FastifyInstance): void
  /** Rejects with a `TelegramFault` when Telegram refuses the token; a line that is down is waited out behind it. */
  start(): Promise<void>
  /** Resolves when nothing is under way any more: events that were begun are committed or come again. */
  stop(): Promise<void>
}
