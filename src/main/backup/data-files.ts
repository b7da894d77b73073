import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CASES_FILE } from '../../storage/sqlite/cases-schema.ts'
import { DESK_FILE } from '../../storage/sqlite/accounts-schema.ts'
import type { FileKind } from '../../storage/sqlite/file.ts'
import { PUBLICATIONS_FILE } from '../../storage/sqlite/publications-schema.ts'
import { DATA_FILE } from '../../storage/sqlite/schema.ts'
import { TIMES_FILE } from '../../storage/sqlite/sqlite-handoff-times.ts'

/** Every file below DATA_DIR that holds something, and what kind it must be: the vault's is none of these. */
export interface DataFile {
  name: string
  kind: Pick<FileKind, 'applicationId' | 'schemaVersion'>
}

export const DATA_FILES: readonly DataFile[] = [
  { name: 'data.db', kind: DATA_FILE },
  { name: 'cases.db', kind: CASES_FILE },
  { name: 'chatwoot/cases.db', kind: CASES_FILE },
  { name: 'desk.db', kind: DESK_FILE },
  { name: 'times.db', kind: TIMES_FILE },
  { name: 'directory.db', kind: PUBLICATIONS_FILE },
]

export const filesIn = (folder: string): DataFile[] =>
  DATA_FILES.filter(({ name }) => existsSync(join(folder, name)))
