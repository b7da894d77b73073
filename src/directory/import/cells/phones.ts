import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { fold } from '../../../conversation/understand/fold.ts'
import { normalise } from '../../../conversation/understand/tokens.ts'

/**
 * Phone numbers of a cell, as the country writes them: with the country's code where a number can be dialled with it, a number
 * that costs nothing as it is dialled inside, a short code as it is and never with a code. Words beside a number may be a
 * person's name, so a number with words that are not known stays out.
 */
export interface PhoneWish {
  country: string
  /** Of an invented country: its numbers belong to no plan. */
  fictional: boolean
  /** WhatsApp and text messages need the country's code. */
  international: boolean
}
export type PhoneFault = 'words' | 'fax' | 'exponent' | 'notANumber' | 'tooShort' | 'needsCode' | 'notInPlan'
export interface ReadPhones {
  numbers: readonly string[]
  faults: readonly PhoneFault[]
  /** Of an extension that was cut off. */
  extension: boolean
  /** Not in the country's plan as it is known here. */
  unsure: boolean
}

const SEPARATORS = /[;,|\n\r،؛•·]|\s\/\s|\s+(?:or|ou|o|or|and|et|y|e|або|чи|та|أو|و)\s+/giu
const LABELS = new Set(
  'tel|telephone|phone|mobile|mob|cell|cellphone|hotline|helpline|toll free|tollfree|free|landline|office|whatsapp|sms|viber|telegram|signal|call|line|number|no|nr|24 7|24h|24 24|téléphone|tél|portable|fixe|numéro vert|gratuit|ligne|bureau|teléfono|celular|móvil|fijo|línea|gratis|gratuito|oficina|هاتف|تلفون|جوال|موبايل|واتساب|رقم|خط ساخن|مجاني|الخط الساخن|тел|телефон|моб|гаряча лінія|безкоштовно|kyivstar|vodafone|lifecell|київстар|водафон|лайф|main|ext|extension|poste|int|дод|free of charge|from|mobiles|emergency|urgence|urgences|emergencia|emergencias'
    .split('|')
    .flatMap((label) => normalise(label).split(' ')),
)

const foldedWords = (names: string) => new Set(names.split('|').map(normalise))
const FAX_NAMES =
  'fax|faks|telefax|téléfax|facsimile|télécopie|télécopieur|факс|телефакс|факсу|فاكس|الفاكس|ফ্যাক্স'
const FAX = foldedWords(FAX_NAMES)
/** "Tel/fax": the number is answered too. */
const ANSWERED = foldedWords(
  'tel|telephone|phone|mobile|mob|cell|téléphone|tél|teléfono|celular|móvil|هاتف|تلفون|الهاتف|جوال|тел|телефон|моб',
)
/** Where a number ends and the word for a fax begins the next. */
const BEFORE_FAX = new RegExp(`(?<=\\d)[\\s.()/-]+(?=(?:${FAX_NAMES})(?!\\p{L})\\P{N}*\\d)`, 'giu')
/** "Tel / fax:" before a number is one label. */
const OR_FAX = new RegExp(`\\s?/\\s?(?=(?:${FAX_NAMES})(?!\\p{L}))`, 'giu')
const MOST_DIGITS = 15

export function readPhones(cell: string, wish: PhoneWish): ReadPhones {
  const numbers = new Set<string>()
  const faults = new Set<PhoneFault>()
  let [extension, unsure] = [false, false]
  for (const part of partsOf(plain(cell))) {
    const read = readOne(part, wish)
    if ('fault' in read) faults.add(read.fault)
    else {
      numbers.add(read.number)
      extension ||= read.extension
      unsure ||= read.unsure
    }
  }
  return { numbers: [...numbers], faults: [...faults], extension, unsure }
}

function plain(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => fold(digit.codePointAt(0) ?? 0))
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff\u00ad]/gu, '')
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replace(OR_FAX, (slash, at: number, whole: string) => (isLabel(whole.slice(0, at)) ? ' ' : slash))
    .replace(BEFORE_FAX, ';')
    .replace(/\(?\b24\s*(?:\/\s*(?:7|24)|h(?:rs|ours)?)\b\)?/giu, ' ')
}

/** Of the last part no number stands yet. */
function isLabel(before: string): boolean {
  return /\p{L}\.?$/u.test(before) && !/\p{N}/u.test(before.split(/[;,\n]/u).at(-1) ?? '')
}

function partsOf(cell: string): string[] {
  return cell
    .split(SEPARATORS)
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .flatMap((part) => {
      const halves = part.split('/').map((half) => half.trim())
      return halves.every((half) => digitsOf(half).length >= 6) ? halves : [part]
    })
    .filter((part) => part !== '')
}

const digitsOf = (text: string) => text.replace(/\D/gu, '')

type One = { number: string; extension: boolean; unsure: boolean } | { fault: PhoneFault }
const LONGEST_SHORT_CODE = 6
const SHORTEST_SHORT_CODE = 3

function readOne(part: string, { country, fictional, international }: PhoneWish): One {
  if (/^\d(?:[.,]\d+)?E\+?\d+$/iu.test(part)) return { fault: 'exponent' }
  const words = part.replace(/[^\p{L}\p{M}\s]/gu, ' ').trim()
  const labels = words === '' ? [] : normalise(words).split(' ')
  if (labels.some((word) => !LABELS.has(word) && !FAX.has(word) && word !== 'x')) return { fault: 'words' }
  const isFax = labels.some((word) => FAX.has(word)) && !labels.some((word) => ANSWERED.has(word))
  if (isFax && digitsOf(part) !== '' && digitsOf(part).length <= MOST_DIGITS) return { fault: 'fax' }
  const [, before = part, after] =
    /^(.*?\d.*?)\s*(?:ext|extension|poste|int|дод|x)\.?\s*(\d{1,6})$/iu.exec(part) ?? []
  const number = before
    .replace(/(?<=\d)\.0$/u, '')
    .replace(/[^\d+*#()\s./-]/gu, '')
    .replace(/[./](?=\s*\d)/gu, ' ')
    .replace(/[.\s/-]+$/u, '')
    .trim()
  const digits = digitsOf(number)
  // "1195 (8-16)" is a number and its hours, "044/123 45 67" one number, "071 234 567/8" two that are written short.
  if (/\([^()]*\d[^()]*\)\s*$/u.test(before) || /\/(?!\s*\d[\d\s-]{4})|^\D*\d?\/|\/.*\//u.test(before))
    return { fault: 'notANumber' }
  const rest = { extension: after !== undefined, unsure: false }
  if (digits.length < SHORTEST_SHORT_CODE) return { fault: digits === '' ? 'notANumber' : 'tooShort' }
  if (fictional) return { number: tidy(number), ...rest }
  if (/^[*#]/u.test(number) && !international) return { number: tidy(number), ...rest }
  if (!number.includes('+') && digits.length <= LONGEST_SHORT_CODE)
    return international ? { fault: 'needsCode' } : { number: tidy(number), ...rest }
  const region = isSupportedCountry(country) ? country : undefined
  const parsed =
    region === undefined
      ? parsePhoneNumberFromString(number)
      : parsePhoneNumberFromString(number, { defaultCountry: region, extract: false })
  if (parsed === undefined || !parsed.isPossible()) return { fault: 'notANumber' }
  const type = parsed.getType()
  const isDialledInside =
    type === 'TOLL_FREE' || type === 'SHARED_COST' || type === 'UAN' || type === 'PREMIUM_RATE'
  const isNational =
    isDialledInside && !international && !number.startsWith('+') && parsed.country === country
  if (!parsed.isValid() && !number.startsWith('+')) return { fault: 'notInPlan' }
  return {
    number: tidy(isNational ? number : parsed.formatInternational()),
    extension: rest.extension,
    unsure: !parsed.isValid(),
  }
}

/** Only what is dialled, as the schema has it. */
function tidy(number: string): string {
  return number
    .replace(/\s+/gu, ' ')
    .replace(/(?!^)\+/gu, '')
    .trim()
}
