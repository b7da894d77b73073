import { join } from 'node:path'
import { pressed, unpressed } from '../pressed.ts'
import {
  type Author,
  type Edition,
  type EditionHead,
  KEPT_EDITIONS,
  type Proposal,
  type ProposalHead,
  type Publications,
  type Publishing,
} from '../publications.ts'
import { bytesIn, numberIn, type Row } from './columns.ts'
import { openFile } from './file.ts'
import { groupCommit } from './group-commit.ts'
import {
  PUBLICATIONS_FILE,
  type PublicationStatements,
  publicationStatements,
} from './publications-schema.ts'

/**
 * Editions and proposals in one SQLite file, `directory.db` (WAL, synchronous=FULL). Nothing is cached, so that what
 * another process published holds at once. The JSON is kept compressed, since each edition is a whole list: that is done
 * outside the transaction and off the main thread.
 */
export function openSqlitePublications(dataDir: string): Publications {
  const db = openFile(join(dataDir, 'directory.db'), PUBLICATIONS_FILE)
  const run = publicationStatements(db)
  const group = groupCommit(db)

  return {
    async propose({ pack, kind, base, by, at, about, content }) {
      const packed = await pressed(content)
      return group.run(() => Number(run.propose.run(pack, kind, base, by, at, about, packed).lastInsertRowid))
    },
    waiting: (pack) => Promise.resolve(run.waiting.all(pack ?? null).map(proposalHeadIn)),
    async proposal(id) {
      const row = run.proposal.get(id)
      return row === undefined ? undefined : proposalIn(row)
    },
    refuse: (id) => group.run(() => Number(run.answered.run(id).changes) === 1),
    async publish(wish) {
      const packed = await pressed(wish.content)
      return group.run(() => publish(run, wish, packed))
    },
    editions: (pack) => Promise.resolve(run.editions.all(pack).map(editionHeadIn)),
    async edition(pack, number) {
      const row = run.edition.get(pack, number)
      return row === undefined ? undefined : editionIn(row)
    },
    async live(pack) {
      const row = run.live.get(pack)
      return row === undefined ? undefined : editionIn(row)
    },
    version: () => Promise.resolve(numberIn(run.version.get() ?? {}, 'version')),
    close() {
      group.flush()
      if (db.isOpen) db.close()
      return Promise.resolve()
    },
  }
}

function publish(
  run: PublicationStatements,
  { pack, base, by, at, about, backTo, proposal }: Publishing,
  packed: Uint8Array,
): { number: number } | 'stale' | 'samePerson' | 'gone' {
  const answers = proposal === undefined ? undefined : run.head.get(proposal)
  if (proposal !== undefined && answers?.['pack'] !== pack) return 'gone'
  if (answers?.['by'] === by) return 'samePerson'
  const last = run.last.get(pack)?.['number'] ?? 0
  if (last !== base) return 'stale'
  const number = base + 1
  run.publish.run(
    pack,
    number,
    at,
    answers === undefined ? by : textIn(answers, 'by'),
    by,
    about,
    backTo ?? null,
    packed,
  )
  if (proposal !== undefined) run.answered.run(proposal)
  run.dropOld.run(pack, number - KEPT_EDITIONS)
  return { number }
}

const contentIn = (row: Row): Promise<string> => unpressed(bytesIn(row, 'content'))

function editionHeadIn(row: Row): EditionHead {
  return {
    pack: textIn(row, 'pack'),
    number: numberIn(row, 'number'),
    at: numberIn(row, 'at'),
    by: textIn<Author>(row, 'by'),
    approvedBy: textIn<Author>(row, 'approved_by'),
    about: textIn(row, 'about'),
    ...(row['back_to'] === null ? {} : { backTo: numberIn(row, 'back_to') }),
  }
}

async function editionIn(row: Row): Promise<Edition> {
  return { ...editionHeadIn(row), content: await contentIn(row) }
}

function proposalHeadIn(row: Row): ProposalHead {
  return {
    id: numberIn(row, 'id'),
    pack: textIn(row, 'pack'),
    kind: textIn<ProposalHead['kind']>(row, 'kind'),
    base: numberIn(row, 'base'),
    by: textIn<Author>(row, 'by'),
    at: numberIn(row, 'at'),
    about: textIn(row, 'about'),
  }
}

async function proposalIn(row: Row): Promise<Proposal> {
  return { ...proposalHeadIn(row), content: await contentIn(row) }
}

function textIn<T extends string = string>(row: Row, column: string): T {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`the column ${column} does not hold a text`)
  return value as T
}
