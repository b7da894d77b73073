import { po } from 'gettext-parser'
import type { Row } from './rows.ts'

/**
 * The texts as a PO file, for the programs that translators use. The key is the context of a text, since two texts may be
 * the same in English and differ elsewhere. What nobody has reviewed is marked as unsure.
 */
export function poOf(rows: readonly Row[], tag: string): Buffer {
  const translations = Object.fromEntries(
    rows.map(({ key, picture, context, english, text, review }) => [
      key,
      {
        [english]: {
          msgctxt: key,
          msgid: english,
          msgstr: [text],
          comments: {
            extracted: context,
            ...(picture === '' ? {} : { reference: picture }),
            ...(review === 'reviewed' || text === '' ? {} : { flag: 'fuzzy' }),
          },
        },
      },
    ]),
  )
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', Language: tag }
  return po.compile({
    charset: 'utf-8',
    headers,
    translations: { '': { '': { msgid: '', msgstr: [] } }, ...translations },
  })
}

/** Key and text of every entry. Throws where it is no PO file. */
export function textsOfPo(bytes: Buffer): Map<string, string> {
  const { translations } = po.parse(bytes)
  const texts = new Map<string, string>()
  for (const [key, entries] of Object.entries(translations))
    if (key !== '') for (const { msgstr } of Object.values(entries)) texts.set(key, msgstr[0] ?? '')
  if (texts.size === 0) throw new Error('no text in it has a context')
  return texts
}
