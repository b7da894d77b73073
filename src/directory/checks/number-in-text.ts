/**
 * Whether a text holds a phone number, however it is cut: "050 123 45 67", "050/123/45/67", "050 - 123 - 45 - 67". Dates,
 * opening hours, sums of money, numbers of laws and short codes beside one another are none. The text has plain digits and
 * plain dashes already.
 */
const RUN = /\+?(?<!\d)\d(?:[\s()./-]{0,3}\d){6,}/gu

const YEAR = '(?:19|20)\\d\\d'
const DAY_OR_MONTH = '(?:0?[1-9]|[12]\\d|3[01])'
const HOUR = '(?:[01]?\\d|2[0-4])'
const TIME = `${HOUR}(?:[.:][0-5]\\d)?`
const AMOUNT = '[1-9]\\d{0,2}(?:[ .]?\\d{3})*'
const alone = (pattern: string) => `(?<!\\d[.\\/-]?)(?:${pattern})(?![.\\/-]?\\d)`
const only = (part: string, between: string) => new RegExp(`^(?:${part})(?:${between}(?:${part}))*$`, 'u')

const DATES = new RegExp(
  alone(
    [
      `${YEAR}[./-]${DAY_OR_MONTH}[./-]${DAY_OR_MONTH}`,
      `${DAY_OR_MONTH}[./-]${DAY_OR_MONTH}[./-]${YEAR}`,
      '24\\s?\\/\\s?7(?:\\s?\\/\\s?365)?',
      '24\\s?\\/\\s?24',
    ].join('|'),
  ),
  'gu',
)
/** What a run may be as a whole. */
const HARMLESS = [
  only(`${TIME}\\s?-\\s?${TIME}`, '[\\s/-]{1,3}'),
  only(`(?:${DAY_OR_MONTH}[./])?${YEAR}`, '\\s?[-/\\s]\\s?'),
  only(`\\d{1,5}(?:\\/\\d{1,5})?\\/${YEAR}`, '\\s'),
]
const MONEY = only(AMOUNT, '\\s?[-/]\\s?')
const CURRENCY = new RegExp(
  `^\\s?(?:\\p{Sc}|(?:${Intl.supportedValuesOf('currency').join('|')}|FCFA|CFA|грн|гривень|гривен|руб|лей|lei|zł|naira|taka|pesos|dollars|euros?|دينار|دولار)(?!\\p{L}))`,
  'u',
)

export function holdsNumber(text: string): boolean {
  const read = text.replace(DATES, ' ; ')
  return [...read.matchAll(RUN)].some((found) => {
    const run = found[0]
    if (/^[+0]/u.test(run) && !/^0?\d[.:\s/-]/u.test(run)) return true
    if (HARMLESS.some((pattern) => pattern.test(run)) || areShortCodes(run)) return false
    return !(MONEY.test(run) && CURRENCY.test(read.slice(found.index + run.length)))
  })
}

/** "116 123 / 112", "112/102/103": each as short as a short code, and more than two of them begin as short codes do. */
function areShortCodes(run: string): boolean {
  const parts = run.split('/').map((part) => part.replace(/\D/gu, ''))
  if (parts.length < 2 || !parts.every((part) => /^[1-9]\d{2,5}$/u.test(part))) return false
  return parts.length === 2 || parts.every((part) => /^[19]/u.test(part))
}
