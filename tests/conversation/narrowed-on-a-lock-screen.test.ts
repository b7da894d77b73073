import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FILTERS, FOR_WHOM } from '../../flows/filters.ts'
import { loadLocales } from '../../src/load-locales.ts'
import { chat, englishEngine } from './english-engine.ts'

/** A lock screen shows the first 60 characters of a message: in no language do they say what she narrowed a list by. */
const { locales } = loadLocales(join(import.meta.dirname, '../../locales'))
const SEEN = 60
const WHOM: readonly string[] = FOR_WHOM

test.each([...locales.keys()])('in %s', async (tag) => {
  const locale = locales.get(tag)
  if (locale === undefined) throw new Error(tag)
  const engine = await englishEngine({ locales: new Map([[tag, locale]]) })
  const { narrow, forWhom } = locale.messages.pages.services
  const labels: Readonly<Record<string, string>> = { ...narrow.choices, ...forWhom.choices }
  for (const filter of FILTERS) {
    const talk = chat(engine)
    talk.presses('yes')
    talk.presses('next')
    talk.presses('services')
    talk.presses('health')
    talk.presses('anywhere')
    talk.presses('narrow')
    if (WHOM.includes(filter)) talk.presses('whom')
    const seen: string[] = []
    talk.presses(filter)
    seen.push(talk.text)
    if (WHOM.includes(filter)) talk.presses('done')
    seen.push(talk.text)
    talk.presses('results')
    seen.push(talk.text)
    for (const text of seen) {
      expect(text).toContain(labels[filter])
      expect(Array.from(text).slice(0, SEEN).join('')).not.toContain(labels[filter]?.slice(0, 4))
    }
  }
})
