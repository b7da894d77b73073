import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

/**
 * Numbers for the operator's Prometheus. Every label is a word of a closed set that stands in this file: nothing of a
 * person, not even a pseudonym or a language, can become one. Counters of what people asked for are no metrics; they
 * belong to the statistics and leave with their own protection.
 */
export type Channel = 'telegram' | 'whatsapp' | 'simulator'
export type Webhook = 'taken' | 'waiting' | 'forged' | 'malformed' | 'tooLarge' | 'nonsense'
export type Sent = 'sent' | 'later' | 'refused' | 'windowClosed' | 'gone'
export type Status = 'sent' | 'delivered' | 'read' | 'failed'
export type Turn = 'handled' | 'failed' | 'dropped'

export interface Metrics {
  turn(channel: Channel, outcome: Turn): void
  webhook(channel: Channel | 'chatwoot', outcome: Webhook): void
  send(channel: Channel, outcome: Sent): void
  status(status: Status): void
  wipe(outcome: 'done' | 'failed'): void
  /** Prometheus' text format. `overdueSeconds`: how long the message that is due the longest has waited. */
  text(overdueSeconds: number): Promise<string>
  contentType: string
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name, help, labelNames, registers })
  const turns = counter('lantern_turns_total', 'Events of people, by what became of them', [
    'channel',
    'outcome',
  ])
  const webhooks = counter('lantern_webhook_calls_total', 'Webhook calls, by how they were answered', [
    'channel',
    'outcome',
  ])
  const sends = counter('lantern_sends_total', 'Messages handed to a platform, by its answer', [
    'channel',
    'outcome',
  ])
  const statuses = counter('lantern_delivery_statuses_total', 'What WhatsApp told of our messages', [
    'status',
  ])
  const wipes = counter('lantern_wipes_total', 'Conversations that people erased', ['outcome'])
  const overdue = new Gauge({
    name: 'lantern_outbox_overdue_seconds',
    help: 'How long the message that is due the longest has waited',
    registers,
  })
  return {
    turn: (channel, outcome) => turns.inc({ channel, outcome }),
    webhook: (channel, outcome) => webhooks.inc({ channel, outcome }),
    send: (channel, outcome) => sends.inc({ channel, outcome }),
    status: (status) => statuses.inc({ status }),
    wipe: (outcome) => wipes.inc({ outcome }),
    text(overdueSeconds) {
      overdue.set(overdueSeconds)
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}

/** The same counters, counting nothing; where no metrics are served. */
export const noMetrics: Pick<Metrics, 'turn' | 'webhook' | 'send' | 'status' | 'wipe'> = {
  turn: () => {},
  webhook: () => {},
  send: () => {},
  status: () => {},
  wipe: () => {},
}
export type Counting = typeof noMetrics
