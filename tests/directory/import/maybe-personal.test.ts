import { describe, expect, test } from 'vitest'
import { exitCode } from '../../../src/cli/services/import.ts'
import { importSheet } from '../../../src/directory/import/import-sheet.ts'
import { EXAMPLE, TODAY } from './example-pack.ts'
import { GOOD, imported, said, sheetOf } from './import-files.ts'

describe('what may be a person keeps its row out until somebody has looked', () => {
  const MAILBOX = "is of a mail service for everybody, so it may be a person's own"
  const NAME = "may be a person's name"
  const ROW = { ...GOOD, email: 'ahassan@gmail.com', verified_by: 'Amina Hassan' }

  test('a mailbox that anybody may have, and who checked it', async () => {
    const report = await imported(sheetOf(ROW))
    expect(report.services).toEqual([])
    expect(said(report)).toEqual([
      `2 email held ${MAILBOX}, and the row waits for somebody to look at it`,
      `2 verified_by held ${NAME}, and the row waits for somebody to look at it`,
    ])
    expect(JSON.stringify(report)).not.toMatch(/hassan/iu)
    expect(exitCode(report)).toBe(1)
  })

  test('goes in when that very row was looked at, and is said to whoever publishes it', async () => {
    const bytes = new TextEncoder().encode(sheetOf(ROW, { ...ROW, service_id: 'two' }))
    const source = { name: 'list.csv', bytes }
    const report = await importSheet(source, EXAMPLE, { today: TODAY, notPersonal: new Set(['two']) })
    expect(report.services.map(({ id }) => id)).toEqual(['two'])
    expect(said(report).slice(2)).toEqual([
      `3 email note ${MAILBOX}; somebody looked at it`,
      `3 verified_by note ${NAME}; somebody looked at it`,
    ])
  })

  test('that a place may be known says nothing of a mailbox, nor the other way round', async () => {
    const row = { ...ROW, description_en: 'A shelter.', address: '9 Hidden Street', address_public: 'yes' }
    const source = { name: 'list.csv', bytes: new TextEncoder().encode(sheetOf(row)) }
    const one = new Set(['one'])
    for (const wish of [{ notSecret: one }, { notPersonal: one }])
      expect((await importSheet(source, EXAMPLE, { today: TODAY, ...wish })).services).toEqual([])
    const both = { today: TODAY, notSecret: one, notPersonal: one }
    expect((await importSheet(source, EXAMPLE, both)).services).toHaveLength(1)
  })

  test.each([
    { email: 'womencentre.exampletown@gmail.com' },
    { email: 'example2015@gmail.com' },
    { email: 'ahassan@example.org' },
    { verified_by: 'Case Manager' },
    { verified_by: 'Example Coast' },
    { verified_by: 'Example NGO' },
    { verified_by: 'Red Cross' },
    { verified_by: 'Demo desk' },
  ])('but a role, a service or an organisation does not: %o', async (cells) => {
    const report = await imported(sheetOf({ ...GOOD, ...cells }))
    expect(report.services).toHaveLength(1)
    expect(said(report)).toEqual([])
  })
})
