import { randomInt } from 'node:crypto'
import type { Commit, CommitOutcome } from '../../conversations.ts'
import { COMMIT } from './commit-script.ts'
import type { DueBook } from './due-book.ts'
import { locate } from './finding.ts'
import {
  aliasKey,
  bytesOfId,
  confirmKey,
  type Home,
  homeBytes,
  homeIn,
  homeOf,
  isSameHome,
  keysOf,
} from './homes.ts'
import type { KeyIndex } from './key-index.ts'
import { asBuffer, bytesOf, listOf, type RedisLink, type Reply } from '../link/link.ts'
import { instant, itemBytes, markBytes } from './record.ts'
import type { DataLink } from '../link/server-mark.ts'

/**
 * Commits one turn: one script at the conversation's home. What lies elsewhere (an alias, the index of keys) is written
 * before it and says nothing by itself, so a process that dies between leaves nothing half done.
 */
interface Parts {
  link: DataLink
  due: DueBook
  index: KeyIndex
}

/** An alias that its mover did not confirm ends by itself, after any conversation that could go by it. */
const UNCONFIRMED_MS = 100 * 24 * 3_600_000
/** A conversation that begins anew must not meet the fence of its former life. */
const MOST_FENCE = 2 ** 40

export async function commit(parts: Parts, turn: Commit): Promise<CommitOutcome> {
  const { was, ...born } = turn
  if (was === undefined || was === turn.id) return begin(parts, born)
  const from = await locate(parts.link, was)
  // What is not there has no older name.
  return from === undefined ? begin(parts, born) : move(parts, turn, was, from.home)
}

async function begin(parts: Parts, turn: Commit): Promise<CommitOutcome> {
  const isFirst = turn.expected === 0
  if (isFirst) await parts.index.put(turn.keyId, homeOf(parts.link, turn.id))
  const outcome = await write(parts, turn)
  const isWritten = outcome === 'committed' || outcome === 'leased'
  if (isFirst && !isWritten && !(await isKnown(parts, turn))) await parts.index.take(turn.keyId)
  return outcome
}

/** Whether the key's conversation is there: then its entry in the index is true, whoever wrote it. */
async function isKnown({ link }: Parts, { id, keyId }: Commit): Promise<boolean> {
  return (await locate(link, id))?.stored.keyId === keyId
}

/** The alias first, since without it the newer name would lead nowhere. */
async function move(parts: Parts, turn: Commit, was: Commit['id'], from: Home): Promise<CommitOutcome> {
  const { link } = parts
  const isTaken = (await locate(link, turn.id)) !== undefined
  const alias = aliasKey(link, turn.id)
  const needsAlias = !isTaken && !isSameHome(homeOf(link, turn.id), from)
  if (needsAlias) await lead(link, alias, from)
  const outcome = await write(parts, turn, isTaken)
  if (outcome !== 'committed' && outcome !== 'leased') return outcome
  const former = aliasKey(link, was)
  await Promise.all([
    needsAlias ? link.at(alias, ['PERSIST', alias]) : undefined,
    isSameHome(homeOf(link, was), from) ? undefined : link.at(former, ['DEL', former]),
  ])
  return outcome
}

async function lead(link: RedisLink, alias: Buffer, home: Home): Promise<void> {
  const value = homeBytes(home)
  const end = ['PX', String(UNCONFIRMED_MS)]
  if ((await link.at(alias, ['SET', alias, value, 'NX', ...end])) !== null) return
  const there = await link.at(alias, ['GET', alias])
  // One that leads elsewhere leads to nothing: what it led to would have been found.
  if (there === null || !bytesOf(there).equals(value)) await link.at(alias, ['SET', alias, value, ...end])
}

async function write(parts: Parts, turn: Commit, isTaken = false): Promise<CommitOutcome> {
  const name = turn.was ?? turn.id
  const own = homeOf(parts.link, name)
  const send = (home: Home, alias?: Buffer, dead?: Buffer) =>
    sendTo(parts, turn, { home, alias, dead, isTaken })
  const first = await send(own, aliasKey(parts.link, name))
  if (String(first[0]) !== 'elsewhere') return outcomeIn(first)
  const leads = bytesOf(first[1])
  const there = await send(homeIn(leads))
  if (String(there[0]) !== 'dangling') return outcomeIn(there)
  return outcomeIn(await send(own, aliasKey(parts.link, name), leads))
}

interface Where {
  home: Home
  alias: Buffer | undefined
  dead: Buffer | undefined
  isTaken: boolean
}

async function sendTo(
  { link, due }: Parts,
  turn: Commit,
  { home, alias, dead, isTaken }: Where,
): Promise<Reply[]> {
  const keys = keysOf(home)
  const { record, outbox, marks, touched, rooms, counts, named } = keys
  const answer = listOf(
    await link.run(
      COMMIT,
      [
        record,
        outbox,
        keys.due,
        touched,
        marks,
        counts,
        named,
        rooms,
        ...(alias === undefined ? [] : [alias]),
      ],
      [
        home.handle,
        bytesOfId(turn.was ?? turn.id),
        bytesOfId(turn.id),
        bytesOfId(turn.keyId),
        String(turn.expected),
        asBuffer(turn.sealed),
        String(instant(turn.at)),
        asBuffer(turn.seen).subarray(0, 8),
        turn.cancelWaiting ? '1' : '0',
        turn.named === undefined ? '' : String(turn.named),
        String(randomInt(MOST_FENCE)),
        turn.lease === undefined ? '' : String(turn.lease.fence),
        turn.lease === undefined ? '' : String(instant(turn.lease.until)),
        isTaken ? '1' : '',
        dead ?? '',
        Buffer.concat(turn.outbox.map(itemBytes)),
        Buffer.concat(turn.marks.map(markBytes)),
        ...turn.counts,
      ],
    ),
  )
  // Acknowledged though nothing was written now: what was written then must have reached a replica.
  if (String(answer[0]) === 'duplicate') await link.confirm(confirmKey(home.partition))
  const isAnswer = String(answer[0]) !== 'elsewhere' && String(answer[0]) !== 'dangling'
  if (isAnswer) due.note(home.partition, answer[1])
  return answer
}

function outcomeIn(answer: Reply[]): CommitOutcome {
  const outcome = String(answer[0])
  // A second alias on the way means that the name moved on while it was looked for.
  return outcome === 'elsewhere' || outcome === 'dangling' ? 'stale' : (outcome as CommitOutcome)
}
