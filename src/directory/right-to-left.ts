/**
 * Digits beside words of a script that is written from the right: without an isolate of their own the groups of a number
 * change places there, "116 123" is read as "123 116", and somebody dials another line. A run of digits alone cannot turn.
 */
const LRI = '\u2066'
const PDI = '\u2069'
const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg'])

export function inItsOrder(digits: string, language: string): string {
  if (!/\D/u.test(digits)) return digits
  const script = new Intl.Locale(language).maximize().script ?? 'Latn'
  return RIGHT_TO_LEFT.has(script) ? `${LRI}${digits}${PDI}` : digits
}
