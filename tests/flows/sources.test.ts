import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import messages from '../../locales/en/messages.json' with { type: 'json' }
import { pages } from '../../src/conversation/pages.ts'

/** docs/content-sources.md maps every page that states a fact to its source. */
const list = readFileSync(join(import.meta.dirname, '../../docs/content-sources.md'), 'utf8')
const listed = new Set([...list.matchAll(/^\| `([\w.]+)` \|/gmu)].map(([, page]) => page ?? ''))

/** Words that only a page with a fact uses. */
const FACT =
  /\b(?:HIV|hepatitis|tetanus|vaccine|pregnancy|half of people|\d+ (?:days|hours)|police report|must tell|refugee|European|passport|StopNCII|Take It Down|must report|backup|linked)\b/u

describe('the list of sources', () => {
  it('names only pages that exist', () => {
    for (const page of listed) expect(pages.has(page), page).toBe(true)
  })

  it('names every page whose words state a fact', () => {
    for (const [flow, group] of Object.entries(messages.pages))
      for (const [name, page] of Object.entries(group)) {
        const words = JSON.stringify(page)
        if (FACT.test(words.replace(/"choices".*/u, '')))
          expect(listed, `${flow}.${name}`).toContain(`${flow}.${name}`)
      }
  })
})
