import type { Author } from '../../storage/publications.ts'

/**
 * Who made or let through a change. At the desk it is the account that signed in; at the command line it is what was
 * given with `--by`, which nobody checks: only the desk can tell who somebody is.
 */
export const LONGEST_ROLE = 60

export function deskAuthor(account: string): Author {
  return `desk:${account}` as Author
}

/** undefined: nothing was given, or too much. */
export function cliAuthor(role: string): Author | undefined {
  const tidy = role.normalize('NFKC').replace(/\s+/gu, ' ').trim()
  return tidy === '' || tidy.length > LONGEST_ROLE || /\p{C}/u.test(tidy)
    ? undefined
    : (`cli:${tidy}` as Author)
}

/** "IM officer" and "im  Officer" are one role, whoever of them types it. */
export function isSameAuthor(one: Author, other: Author): boolean {
  const folded = (author: Author) => author.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase()
  return folded(one) === folded(other)
}

/** For a line: "IM officer"; an account of the desk is known there by its name. */
export function authorShown(author: Author): string {
  return author.startsWith('cli:') ? author.slice('cli:'.length) : 'somebody at the desk'
}
