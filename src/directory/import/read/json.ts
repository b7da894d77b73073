import { DEEPEST, MOST_PARTS, type Refusal, refuse } from './limits.ts'

/** Reads JSON only after its depth and the number of its parts were counted: small text can make a very large value. */
export function readJson(text: string): { value: unknown } | Refusal {
  const counted = count(text)
  if (counted !== undefined) return counted
  try {
    return { value: JSON.parse(text) }
  } catch {
    return refuse('The file begins like JSON but is none', 'Export it again; the end may be missing.')
  }
}

function count(text: string): Refusal | undefined {
  let [depth, parts, quoted] = [0, 0, false]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (quoted) {
      if (code === BACKSLASH) at += 1
      else if (code === QUOTE) quoted = false
      continue
    }
    if (code === QUOTE) quoted = true
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1
      parts += 1
      if (depth > DEEPEST)
        return refuse(
          `The JSON is nested more than ${DEEPEST} levels deep, which no list of services is`,
          'Export the list itself.',
        )
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1
    else if (code === COMMA) parts += 1
    if (parts > MOST_PARTS)
      return refuse(
        `The JSON has more than ${MOST_PARTS.toLocaleString('en')} parts`,
        'Export the services alone, or one area at a time.',
      )
  }
  return undefined
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]
