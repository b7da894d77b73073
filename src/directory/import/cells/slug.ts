import { createHash } from 'node:crypto'

/** Ids of the table: small plain letters, digits and hyphens. */
const LONGEST = 40
const MARK = 6

/** What an id would be in plain letters; '' where nothing of it is. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, LONGEST)
    .replace(/-+$/u, '')
}

/** The same for the same name and organisation, in every import and in every script. */
export function stableId(name: string, org: string): string {
  const folded = [name, org].map((text) => text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase())
  const mark = createHash('sha256').update(folded.join('\n')).digest('hex').slice(0, MARK)
  const readable = slug(name)
    .slice(0, LONGEST - MARK - 1)
    .replace(/-+$/u, '')
  return readable === '' ? `service-${mark}` : `${readable}-${mark}`
}
