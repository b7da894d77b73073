import type { Table, Tables } from '../../account-tables.ts'
import { fromJson, toJson } from '../link/json.ts'
import { bytesOf, listOf, type RedisLink, script, type Word } from '../link/link.ts'

/**
 * The tables of accounts in one hash, read whole and written by row. A write names the version that it was made from, and
 * one that comes late is made again from what is there then: so whatever was decided held for all rows at once.
 */
export interface AccountRows {
  read(): Promise<Tables>
  /** What is done in `work` is written together or not at all; it may be called again. */
  write<T>(work: (tables: Tables) => T): Promise<T>
}

const KEY = Buffer.from('{desk}:accounts')
const VERSION = 'version'
const LETTERS = {
  accounts: 'a',
  passkeys: 'k',
  passwords: 'p',
  invites: 'i',
  sessions: 's',
  glass: 'g',
} as const
const MOST_TRIES = 200

/** KEYS the hash; ARGV the version, then `field, row` each, a row that goes as ''. */
const WRITE = script(`
if (redis.call('HGET', KEYS[1], '${VERSION}') or '0') ~= ARGV[1] then return 0 end
redis.call('HINCRBY', KEYS[1], '${VERSION}', 1)
for n = 2, #ARGV, 2 do
  if ARGV[n + 1] == '' then redis.call('HDEL', KEYS[1], ARGV[n])
  else redis.call('HSET', KEYS[1], ARGV[n], ARGV[n + 1]) end
end
return 1
`)

export function accountRows(link: RedisLink): AccountRows {
  async function load() {
    const flat = listOf(await link.at(KEY, ['HGETALL', KEY]))
    const fields = new Map<string, string>()
    for (let at = 0; at < flat.length; at += 2)
      fields.set(bytesOf(flat[at]).toString(), bytesOf(flat[at + 1]).toString())
    const version = fields.get(VERSION) ?? '0'
    const changes = new Map<string, string>()
    let last = 0
    const table = <Row>(letter: string): Table<Row> => {
      const rows = new Map<string, Numbered<Row>>()
      for (const [field, text] of fields)
        if (field.startsWith(`${letter}:`)) rows.set(field.slice(2), fromJson(text))
      for (const { n } of rows.values()) last = Math.max(last, n)
      return {
        get: (key) => rows.get(key)?.row,
        all: () => [...rows.values()].toSorted((a, b) => a.n - b.n).map(({ row }) => row),
        set(key, row) {
          const numbered = { n: rows.get(key)?.n ?? ++last, row }
          rows.set(key, numbered)
          changes.set(`${letter}:${key}`, toJson(numbered))
        },
        delete(key) {
          if (rows.has(key)) changes.set(`${letter}:${key}`, '')
          return rows.delete(key)
        },
      }
    }
    const tables: Tables = {
      accounts: table(LETTERS.accounts),
      passkeys: table(LETTERS.passkeys),
      passwords: table(LETTERS.passwords),
      invites: table(LETTERS.invites),
      sessions: table(LETTERS.sessions),
      glass: table(LETTERS.glass),
    }
    return { version, tables, changes }
  }

  /** One after another here, so that only another process makes a write come late. */
  let line: Promise<unknown> = Promise.resolve()
  function write<T>(work: (tables: Tables) => T): Promise<T> {
    const done = line.then(async () => {
      for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
        const { version, tables, changes } = await load()
        const value = work(tables)
        if (changes.size === 0) return value
        const words: Word[] = [version, ...[...changes].flat()]
        if ((await link.run(WRITE, [KEY], words)) === 1) return value
      }
      throw new Error('the accounts changed under every try of one write')
    })
    line = done.catch(() => {})
    return done
  }

  return { read: async () => (await load()).tables, write }
}

interface Numbered<Row> {
  /** In the order in which they were made. */
  n: number
  row: Row
}
