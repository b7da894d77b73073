import { isNumberAsPage, isPersonalMailbox } from '../../checks/personal-data.ts'
import { ABROAD_COLUMN } from '../../pack/service-columns.ts'
import { type PhoneFault, readPhones } from '../cells/phones.ts'
import { mailbox, page, telegramName } from '../cells/small-values.ts'
import type { RowPlace } from './mend-cell.ts'
import { as, leftOut, type Mended, readThroughout, refused, type Said, saying } from './say.ts'

/** Numbers, mailboxes and pages of one cell, each as it is dialled or written to. */

const IN_FULL = 'Write each number in full, separated by semicolons.'
const FAULTS: Readonly<Record<PhoneFault, (country: string) => Said>> = {
  words: () =>
    leftOut(
      "has words beside a number, which may be somebody's name, so that number was left out",
      'Write the numbers of the service only, separated by semicolons.',
    ),
  fax: () =>
    leftOut(
      'has the number of a fax, which nobody answers, so that number was left out',
      'Nothing to do, if people can call the others.',
    ),
  exponent: () =>
    refused(
      'is a number that a spreadsheet has cut short',
      'Format the column as text and type the number again.',
    ),
  notANumber: (country) => refused(`holds what is no phone number of ${country}`, IN_FULL),
  tooShort: () => refused('has fewer than three digits', IN_FULL),
  needsCode: () =>
    refused('is a short number, which cannot be written to', 'Write the number with + and its country code.'),
  notInPlan: (country) =>
    refused(
      `holds a number that no line of ${country} has`,
      'Dial it; if it is right, write it with + and its country code.',
    ),
}

export function mendPhones(column: string, cell: string, { country, pack }: RowPlace): Mended {
  const isAbroad = column === ABROAD_COLUMN
  const needsCode = isAbroad || column === 'whatsapp' || column === 'sms'
  const wish = { country, fictional: pack.fictional, international: needsCode && !pack.fictional }
  const { numbers, faults, extension, unsure } = readPhones(cell, wish)
  const value = numbers.join(';')
  const said = faults.map((fault) =>
    isAbroad && fault === 'needsCode' ? NOT_FROM_ABROAD : FAULTS[fault](country),
  )
  if (extension)
    said.push({
      kind: 'mended',
      problem: 'has an extension, which cannot be dialled at once, so it was left out',
      remedy: 'Write it into the description if people need it.',
    })
  if (unsure)
    said.push({
      kind: 'note',
      problem: 'has a number that its country is not known to have',
      remedy: 'Dial it before it is published.',
    })
  const digits = (text: string) => text.replace(/\D/gu, '')
  if (faults.length === 0 && digits(value) !== digits(cell))
    said.push(readThroughout('has numbers that were written with the code of their country'))
  return saying(value, ...said)
}

const NOT_FROM_ABROAD = refused(
  'is a short number, which cannot be dialled from another country',
  'Write the number with + and its country code.',
)

const MAILBOX_SEPARATORS = /[;,\s|<>()]+|\s\/\s/u

export function mendMailboxes(cell: string, { names }: RowPlace): Mended {
  const found: string[] = []
  const said = new Set<Said>()
  for (const part of cell.split(MAILBOX_SEPARATORS).filter((one) => one !== '')) {
    const address = mailbox(part)
    if (address === undefined) {
      if (part.includes('@')) said.add(NO_MAILBOX)
      else said.add(WORDS)
    } else if (isPersonalMailbox(address, names)) said.add(PERSONAL)
    else found.push(address)
  }
  return saying(found.join(';'), ...said)
}

const NO_MAILBOX = refused('is not a mailbox', 'Write it like help@example.org.')
const WORDS = leftOut(
  'has words beside a mailbox, which may be a name, so they were left out',
  'Write the mailbox only.',
)
const PERSONAL = leftOut(
  "seems to be a person's mailbox, so it was left out",
  'Use the mailbox of a role, like help@example.org.',
)

export function mendPages(cell: string): Mended {
  const parts = cell.split(/[\s;]+/u).filter((part) => part !== '')
  const pages = parts.map((part) => page(part.replace(/,$/u, '')))
  if (pages.some((one) => one === undefined))
    return saying(cell, refused('is not the address of a page', 'Write it like https://example.org.'))
  const kept = pages.filter((one) => one !== undefined && !isNumberAsPage(one))
  return saying(kept.join(';'), ...(kept.length === pages.length ? [] : [NUMBER_AS_PAGE]))
}

const NUMBER_AS_PAGE = leftOut(
  'is a number written as a page, so it was left out',
  'If it is the number of the service, write it as its phone or WhatsApp number.',
)

/** Where the numbers of a row were read. It is never shown, so a row is not refused for it. */
export function mendSource(cell: string): Mended {
  const found = /[\s;]/u.test(cell) ? undefined : page(cell)
  return found === undefined ? saying('', NOT_ONE_PAGE) : as(found)
}

const NOT_ONE_PAGE = leftOut(
  'is not the address of one page, so it was left out',
  'Write it like https://example.org.',
)

export function mendTelegram(cell: string): Mended {
  const names = cell
    .split(/[;,\s]+/u)
    .filter((part) => part !== '')
    .map(telegramName)
  if (names.some((one) => one === undefined))
    return saying(cell, refused('is not a name on Telegram', 'Write it like @example, never a number.'))
  return as(names.join(';'))
}
