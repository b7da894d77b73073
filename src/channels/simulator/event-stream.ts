import type { FastifyReply } from 'fastify'
import type { Mailboxes, Posted } from './mailboxes.ts'

/**
 * Server-sent events to one phone, for as long as it listens. A phone that names the last event it has (Last-Event-ID)
 * gets exactly what came after it.
 */

const HEARTBEAT_MS = 15_000

export interface EventStreams {
  open(reply: FastifyReply, phone: string, last: string | undefined): void
  /** Ends all of them: an open stream would keep the server from closing. */
  close(): void
}

export function createEventStreams(mailboxes: Mailboxes): EventStreams {
  const open = new Set<() => void>()
  return {
    open(reply, phone, last) {
      reply.hijack()
      const { raw } = reply
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value)
      raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
      raw.write(': here\n\n')

      const unfollow = mailboxes.follow(phone, last, (posted) => raw.write(written(posted)))
      const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS)
      heartbeat.unref()
      const end = () => {
        clearInterval(heartbeat)
        unfollow()
        open.delete(end)
        raw.end()
      }
      open.add(end)
      raw.once('error', end)
      raw.once('close', end)
    },

    close() {
      for (const end of open) end()
    },
  }
}

/** JSON has no raw line break, so one data line is enough. */
function written({ id, event }: Posted): string {
  return `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`
}
