import type {
  ConversationId,
  Conversations,
  Delivery,
  Holding,
  Lease,
  Settlement,
} from '../../conversations.ts'
import { bytesOf, listOf, numberOf, type Reply, type Script } from '../link/link.ts'
import type { DataLink } from '../link/server-mark.ts'
import { CANDIDATES, CLAIM, DROP_MESSAGES, SETTLE } from './delivery-scripts.ts'
import type { DueBook } from './due-book.ts'
import { askAtHome, timedHomes } from './finding.ts'
import { bytesOfId, dueKey, type Home, keysOf, outboxKey, outboxPrefix, recordKey } from './homes.ts'
import { BAR, RENEW } from './lease-scripts.ts'
import { instant, itemsIn, markBytes, namesIn } from './record.ts'

/** What the courier takes, keeps and settles, partition by partition. */
const AT_ONCE = 200

type Deliveries = Pick<Conversations, 'claimDue' | 'settle' | 'renew' | 'bar' | 'dropWaitingMessages'>

export function deliveries(link: DataLink, due: DueBook): Deliveries {
  async function claimDue(now: number, limit: number, leaseMs: number): Promise<Delivery[]> {
    const candidates = await Promise.all(
      (await due.by(now)).map(async (partition) => {
        const keys = [dueKey(partition), outboxPrefix(partition)]
        const found = timedHomes(partition, await link.run(CANDIDATES, keys, [String(now), String(limit)]))
        if (found.length === 0) due.doubt()
        return found
      }),
    )
    const chosen = candidates.flat().toSorted((a, b) => a.at - b.at)
    const homes = chosen.slice(0, limit).map(({ home }) => home)
    const claimed = await Promise.all(
      [...Map.groupBy(homes, ({ partition }) => partition)].map(([partition, mine]) =>
        claimIn(partition, mine, now, leaseMs),
      ),
    )
    const order = new Map(homes.map(({ handle }, place) => [handle.toString('hex'), place]))
    const place = ({ home }: { home: Home }) => order.get(home.handle.toString('hex')) ?? 0
    return claimed
      .flat()
      .toSorted((a, b) => place(a) - place(b))
      .map(({ delivery }) => delivery)
  }

  async function claimIn(partition: number, homes: readonly Home[], now: number, leaseMs: number) {
    const keys = homes.flatMap((home) => [recordKey(home), outboxKey(home)])
    const handles = homes.map(({ handle }) => handle)
    const words = [String(now), String(instant(now + leaseMs)), ...handles]
    const [next, ...flat] = listOf(await link.run(CLAIM, [dueKey(partition), ...keys], words))
    due.note(partition, next)
    return Array.from({ length: flat.length / 4 }, (_, n) => ({
      home: { partition, handle: bytesOf(flat[4 * n]) },
      delivery: {
        ...namesIn(bytesOf(flat[4 * n + 1])),
        fence: numberOf(flat[4 * n + 2]),
        items: itemsIn(bytesOf(flat[4 * n + 3])),
      },
    }))
  }

  async function settle(id: ConversationId, settlement: Settlement): Promise<Holding> {
    const { fence, done, retry, marks = [], forgetMarksUntil } = settlement
    const { answer } = await askAtHome(link, id, async (home, alias) => {
      const keys = keysOf(home)
      const reply = listOf(
        await link.run(
          SETTLE,
          [keys.record, keys.outbox, keys.due, keys.marks, ...(alias === undefined ? [] : [alias])],
          [
            home.handle,
            bytesOfId(id),
            String(fence),
            retry === undefined ? '' : String(instant(retry.at)),
            triedIn(retry),
            forgetMarksUntil === undefined ? '' : String(forgetMarksUntil),
            Buffer.concat(marks.map(markBytes)),
            Buffer.concat(done.map(bytesOfId)),
          ],
        ),
      )
      if (String(reply[0]) !== 'elsewhere') due.note(home.partition, reply[1])
      return reply
    })
    return holdingIn(answer)
  }

  async function ofLease(script: Script, id: ConversationId, { fence, until }: Lease, more: string[] = []) {
    const { answer } = await askAtHome(link, id, async (home, alias) => {
      const { record, outbox, due: dues } = keysOf(home)
      const keys = [record, outbox, dues, ...(alias === undefined ? [] : [alias])]
      const words = [home.handle, bytesOfId(id), String(fence), String(instant(until)), ...more]
      const reply = listOf(await link.run(script, keys, words))
      if (String(reply[0]) !== 'elsewhere') due.note(home.partition, reply[1])
      return reply
    })
    return answer
  }

  async function dropWaitingMessages(): Promise<void> {
    for (let partition = 0; partition < link.partitions; partition += 1) {
      const key = dueKey(partition)
      const handles = listOf(await link.at(key, ['ZRANGE', key, '0', '-1'])).map(bytesOf)
      for (let at = 0; at < handles.length; at += AT_ONCE) {
        const some = handles.slice(at, at + AT_ONCE)
        const outboxes = some.map((handle) => outboxKey({ partition, handle }))
        due.note(partition, await link.run(DROP_MESSAGES, [key, ...outboxes], some))
      }
    }
  }

  return {
    claimDue,
    settle,
    renew: async (id, lease) => holdingIn(await ofLease(RENEW, id, lease)),
    async bar(id, lease, now) {
      const barred = String((await ofLease(BAR, id, lease, [String(instant(now))]))[0])
      return barred === 'held' || barred === 'busy' ? barred : 'gone'
    },
    dropWaitingMessages,
  }
}

/** A second alias on the way means that nothing goes by that name. */
function holdingIn([answer]: Reply[]): Holding {
  const held = String(answer)
  return held === 'held' || held === 'left' ? held : 'lost'
}

/** Whether an item was tried, and its id where it is not the first. */
function triedIn(retry: Settlement['retry']): Buffer {
  const { untried, tried } = retry ?? {}
  return Buffer.concat([
    Buffer.from(untried === true ? '0' : '1'),
    tried === undefined ? Buffer.alloc(0) : bytesOfId(tried),
  ])
}
