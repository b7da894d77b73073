import { setImmediate as nextRound } from 'node:timers/promises'
import type { Inbound, Receive } from '../../../src/channels/channel.ts'
import { createTelegram, type Telegram } from '../../../src/channels/telegram/create-telegram.ts'
import type { TelegramEvent } from '../../../src/channels/telegram/events.ts'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { type FakeTelegram, startFakeTelegram } from '../../fakes/telegram/fake-telegram.ts'

/** The channel beside a fake Telegram, with a clock of ours: a wait does not sleep, it moves the clock. */
export interface Bed {
  fake: FakeTelegram
  clock: { time: number; now(): number }
  /** What `receive` was called with and took, in its order, e.g. `7 text hello`. */
  heard: string[]
  inbound: Inbound[]
  events: TelegramEvent[]
  waits: number[]
  /** Runs before an event is taken; a rejection means that it was not committed. */
  receive(script: Receive): void
  telegram: Telegram
  /** A second process with the same token. */
  another(): Telegram
  stop(): Promise<void>
}

export const START = Date.UTC(2026, 2, 1, 12)

export async function startBed(): Promise<Bed> {
  const clock = { time: START, now: () => clock.time }
  const fake = await startFakeTelegram({ clock })
  const heard: string[] = []
  const inbound: Inbound[] = []
  const events: TelegramEvent[] = []
  const waits: number[] = []
  let script = takeAll
  const another = () =>
    createTelegram({
      token: sensitive(fake.token),
      apiRoot: fake.apiRoot,
      clock,
      log: { event: (code) => events.push(code) },
      async receive(event) {
        await script(event)
        inbound.push(event)
        heard.push(told(event))
      },
      async wait(ms) {
        waits.push(ms)
        clock.time += ms
        await nextRound()
      },
    })
  const telegram = another()
  return {
    fake,
    clock,
    heard,
    inbound,
    events,
    waits,
    receive(next) {
      script = next
    },
    telegram,
    another,
    async stop() {
      await telegram.stop()
      await fake.stop()
    },
  }
}

const takeAll: Receive = async () => {}

/** An event as a line that a person can read. */
export function told({ address, content }: Inbound): string {
  const said =
    content.kind === 'text'
      ? content.text.reveal()
      : content.kind === 'choice'
        ? content.id
        : content.kind === 'place'
          ? `${content.place.lat},${content.place.lon}`
          : ''
  return `${address.reveal()} ${content.kind} ${said}`.trim()
}
