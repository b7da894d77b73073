import { authorShown } from '../../../directory/publishing/author.ts'
import type { Author } from '../../../storage/publications.ts'
import type { Staff } from '../staff.ts'

/** Who proposed or published, as colleagues know them; the role for the command line. */
export async function authorNames(staff: Staff): Promise<(author: Author) => string> {
  const names = new Map((await staff.list()).map(({ id, name }) => [`desk:${id}`, name]))
  return (author) => names.get(author) ?? (author.startsWith('cli:') ? authorShown(author) : '…')
}
