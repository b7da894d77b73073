import { type Choice, LIMITS, type Message } from '../message.ts'
import type { Look } from '../../../flows/context.ts'

/**
 * Lays a text and its choices out for one platform, inside its limits. Up to three short choices become buttons, more
 * become a list (on Telegram always a keyboard under the message); with `numbered` they stand as lines in the text.
 */
export interface Layout {
  look: Look
  numbered: boolean
  listLabel: string
  placeLabel: string | undefined
}

export function fit(text: string, choices: readonly Choice[], layout: Layout): Message {
  const limits = LIMITS[layout.look]
  const kept = choices.slice(0, limits.rows)
  const place = layout.placeLabel === undefined ? {} : { placeLabel: layout.placeLabel }
  if (layout.numbered || kept.length === 0) {
    const lines = kept.map(({ label }, index) => `${index + 1}. ${label}`)
    const numbered = lines.length === 0 ? text : `${text}\n\n${lines.join('\n')}`
    return { text: shortened(numbered, limits.text), choices: kept, layout: 'none', ...place }
  }
  const buttons =
    kept.length <= limits.buttons && kept.every(({ label }) => length(label) <= limits.buttonLabel)
  const longest = buttons ? limits.buttonLabel : limits.rowLabel
  const fitted = kept.map(({ id, label }) => ({ id, label: shortened(label, longest) }))
  const body = { text: shortened(text, limits.text), choices: fitted, ...place }
  if (buttons || layout.look === 'telegram') return { ...body, layout: 'buttons' }
  return { ...body, layout: 'list', listLabel: shortened(layout.listLabel, limits.listLabel) }
}

/** Platforms count UTF-16 units or code points; the larger of the two is safe with both. */
function length(text: string): number {
  return text.length
}

function shortened(text: string, limit: number): string {
  if (length(text) <= limit) return text
  let cut = ''
  for (const { segment } of graphemes.segment(text)) {
    if (cut.length + segment.length > limit - 1) break
    cut += segment
  }
  return `${cut.trimEnd()}…`
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
