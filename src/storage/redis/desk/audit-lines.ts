import type { Accounts, AuditAnchor, AuditHead, StoredAuditLine } from '../../accounts.ts'
import { fromJson, toJson } from '../link/json.ts'
import { bytesOf, listOf, numberOf, type RedisLink, type Reply, script } from '../link/link.ts'

/**
 * The audit lines: a sorted set by number, and beside it what is said of its two ends. A line is written only behind the
 * one that it was made to follow, whoever writes at the same moment.
 */
type Audit = Pick<
  Accounts,
  'appendAudit' | 'auditFrom' | 'auditBefore' | 'auditHead' | 'pruneAudit' | 'auditAnchor'
>

const LINES = Buffer.from('{desk}:audit')
const ENDS = Buffer.from('{desk}:audit-ends')
const MOST_TRIES = 500
const AT_ONCE = 500

const APPEND = script(`
redis.call('HLEN', KEYS[2])
if (redis.call('ZRANGE', KEYS[1], -1, -1)[1] or '') ~= ARGV[1] then return 0 end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
redis.call('HSET', KEYS[2], 'head', ARGV[4])
return 1
`)

const PRUNE = script(`
if (redis.call('HGET', KEYS[2], 'anchor') or '') ~= ARGV[1] then return -1 end
redis.call('HSET', KEYS[2], 'anchor', ARGV[2])
return redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3])
`)

export function auditLines(link: RedisLink): Audit {
  const lines = async (words: string[]): Promise<StoredAuditLine[]> => {
    const [command = '', ...rest] = words
    return listOf(await link.at(LINES, [command, LINES, ...rest])).map(lineIn)
  }
  const end = async (name: 'head' | 'anchor'): Promise<string> => {
    const found = await link.at(ENDS, ['HGET', ENDS, name])
    return found === null ? '' : bytesOf(found).toString()
  }

  let queue: Promise<unknown> = Promise.resolve()
  async function append(next: Parameters<Accounts['appendAudit']>[0]): Promise<number> {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      const [last = null] = listOf(await link.at(LINES, ['ZRANGE', LINES, '-1', '-1']))
      const { line, head } = next(last === null ? undefined : lineIn(last))
      const words = [last === null ? '' : bytesOf(last), String(line.seq), toJson(line), toJson(head)]
      if ((await link.run(APPEND, [LINES, ENDS], words)) === 1) return line.seq
    }
    throw new Error('another line came first under every try')
  }

  /** The last of the lines at the beginning whose hour is over; never the newest of all. */
  async function lastOfOld(before: string): Promise<StoredAuditLine | undefined> {
    let last: StoredAuditLine | undefined
    for (let from = 0; ; from += AT_ONCE) {
      const some = await lines(['ZRANGE', String(from), String(from + AT_ONCE - 1)])
      const young = some.findIndex(({ hour }) => hour >= before)
      last = (young < 0 ? some : some.slice(0, young)).at(-1) ?? last
      if (young >= 0 || some.length < AT_ONCE) break
    }
    const [newest] = await lines(['ZRANGE', '-1', '-1'])
    if (last === undefined || last.seq !== newest?.seq) return last
    const [one] = await lines(['ZREVRANGEBYSCORE', `(${last.seq}`, '-inf', 'LIMIT', '0', '1'])
    return one
  }

  return {
    appendAudit(next) {
      const done = queue.then(() => append(next))
      queue = done.catch(() => {})
      return done
    },
    auditFrom: (from, limit) => lines(['ZRANGEBYSCORE', String(from), '+inf', 'LIMIT', '0', String(limit)]),
    auditBefore: (seq, limit) => lines(['ZREVRANGEBYSCORE', `(${seq}`, '-inf', 'LIMIT', '0', String(limit)]),
    async auditHead() {
      const text = await end('head')
      return text === '' ? undefined : fromJson<AuditHead>(text)
    },
    async auditAnchor() {
      const text = await end('anchor')
      return text === '' ? undefined : fromJson<AuditAnchor>(text)
    },
    async pruneAudit(before, anchorAt) {
      for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
        const was = await end('anchor')
        const last = await lastOfOld(before)
        if (last === undefined) return 0
        const words = [was, toJson(anchorAt(last)), String(last.seq)]
        const gone = numberOf(await link.run(PRUNE, [LINES, ENDS], words))
        if (gone >= 0) return gone
      }
      throw new Error('the audit lines changed under every try')
    },
  }
}

const lineIn = (reply: Reply): StoredAuditLine => fromJson<StoredAuditLine>(bytesOf(reply).toString())
