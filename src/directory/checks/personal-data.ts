import { fold } from '../../conversation/understand/fold.ts'
import { tokens } from '../../conversation/understand/tokens.ts'
import { holdsRoleWord, isRoleWord } from './role-words.ts'
import { holdsNumber } from './number-in-text.ts'

/**
 * What must not stand in free text that everybody may read: mailboxes, phone numbers and names of staff (half of a
 * published directory's comments held them, reference directory-and-interop 0.2). It says what kind was found, never
 * what. Names are found by what stands before them, in the languages of sheets that come in; a person must still look.
 */
export type Personal = 'an e-mail address' | 'a phone number' | "a person's name"

const MAILBOX =
  /[\p{L}\p{M}\p{N}._%+-]\s?(?:@|[([{]\s?at\s?[)\]}])\s?(?:[\p{L}\p{M}\p{N}-]+\.)+(?:\p{L}\p{M}*){2,}/iu
const NAMES: readonly RegExp[] = [
  /\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\b\.?\s+\p{Lu}\p{Ll}+/u,
  /\b(?:MR|MRS|MS|MISS|DR|PROF)(?:\.\s?\p{Lu}|\s+(?!CONGO)\p{Lu}{3,}(?!\p{L}))/u,
  /\b(?:[Aa]sk for|[Ss]peak (?:to|with)|[Tt]alk (?:to|with))\s+\p{Lu}\p{Ll}+/u,
  /(?<!\p{L})(?:Mme|Mlle|M(?=\.)|Sra?(?=[. ])|Srta|Dra|[Пп]ані|[Пп]ан)\.?\s+\p{Lu}\p{Ll}+/u,
  /(?<!\p{L})(?:السيد|السيدة|الآنسة|الأستاذ|الأستاذة|أ\.|د\.)\s+\p{L}{2,}/u,
  /(?<!\p{L})(?:[Dd]emande[rz]|[Ss]['’]adresser à|[Pp]regunt(?:e|ar) por|[Зз]апитайте|[Зз]вертайтеся до)\s+\p{Lu}\p{Ll}+/u,
]
/** Behind these stands a person, or an organisation, which the words themselves must tell. */
const ASKED_FOR =
  /(?<!\p{L})(?:contacts?|contact person|focal (?:point|person)|personne (?:de contact|référente)|point focal|persona de contacto|contacto|контакт(?:на особа)?|контактное лицо)\s*[:-]\s*/giu
const CAPITALISED = /^\p{Lu}[\p{L}\p{M}'’ʼ-]+(?:\s\p{Lu}[\p{L}\p{M}'’ʼ-]+){1,2}/u

/** undefined when nothing looks personal. */
export function personalIn(text: string): Personal | undefined {
  const read = plainly(text)
  if (MAILBOX.test(read)) return 'an e-mail address'
  if (holdsNumber(read)) return 'a phone number'
  if (NAMES.some((pattern) => pattern.test(read))) return "a person's name"
  const asked = [...read.matchAll(ASKED_FOR)].some(({ 0: label, index }) =>
    mayBeName(CAPITALISED.exec(read.slice(index + label.length))?.[0] ?? '', ''),
  )
  return asked ? "a person's name" : undefined
}

/** One way of writing for what looks alike: digits of every script, every dash, and nothing that is not seen. */
function plainly(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => fold(digit.codePointAt(0) ?? 0))
    .replace(/\p{Pd}|\u2212/gu, '-')
    .replace(/\p{Cf}/gu, '')
}

const NAME = /^(?:\p{Lu}\p{Ll}+|\p{Lu}{4,}|\p{Lu}['’ʼ]\p{L}+)(?:['’ʼ-]\p{Lu}?\p{L}+)*$/u

/** Two or three words that are written like a person's name, none of a role, and not all of names that are `known`. */
export function mayBeName(text: string, known: string): boolean {
  const words = plainly(text).trim().split(/\s+/u)
  if (words.length < 2 || words.length > 3 || !words.every((word) => NAME.test(word))) return false
  const names = new Set(tokens(known))
  const read = words.flatMap(tokens)
  return !read.some(isRoleWord) && !read.every((word) => names.has(word))
}

/**
 * "first.last@" is somebody's own mailbox more often than a role's; `known` are names of the service and of who runs it,
 * which are a mailbox's name too.
 */
export function isPersonalMailbox(address: string, known = ''): boolean {
  const [local = '', host = ''] = plainly(address).split('@')
  const parts = local.split(/[._-]+/u).map((part) => part.replace(/^\d+|\d+$/gu, ''))
  if (parts.length < 2 || parts.length > 4 || !parts.every((part) => /^\p{L}+$/u.test(part))) return false
  return !namesNobody(parts.flatMap(tokens), known, host)
}

/** "https://wa.me/380501234567" is somebody's number. */
export function isNumberAsPage(address: string): boolean {
  return /^https?:\/\/(?:(?:www\.)?(?:wa\.me|t\.me|viber\.me|signal\.me)|(?:api|web|chat)\.whatsapp\.com|(?:chats|invite)\.viber\.com)\/.*\d{7}/iu.test(
    address,
  )
}

/** Whose mailboxes cost nothing and are of anybody. */
const FREE =
  /^(?:(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|icloud|me|aol|proton|protonmail|pm|gmx|mail|zoho|yandex|ya|rambler|mailfence|tutanota|laposte|orange|free|wanadoo|web|wp|o2|onet|interia|ukr|i|meta|bigmir|bk|inbox|list|rediffmail|seznam)\.(?:[a-z]{2,3}|co\.[a-z]{2}|com\.[a-z]{2})|(?:wp|onet|interia)\.pl)$/iu

/** A mailbox that anybody may have, and whose name is of no role and no service: only a person can tell whose it is. */
export function mayBePersonalMailbox(address: string, known: string): boolean {
  const [local = '', host = ''] = plainly(address).split('@')
  return FREE.test(host) && !namesNobody(tokens(local.replace(/[._\d+-]+/gu, ' ')), known, '')
}

const SHORTEST_SHARED = 3

function namesNobody(parts: readonly string[], known: string, host: string): boolean {
  const names = tokens(known).filter((word) => word.length >= SHORTEST_SHARED)
  const initials = tokens(known).map((word) => word.charAt(0))
  return parts.some(
    (part) =>
      holdsRoleWord(part) ||
      names.some((word) => part.includes(word)) ||
      (part.length >= SHORTEST_SHARED && (host.includes(part) || initials.join('').includes(part))),
  )
}
