import english from '../locales/en/words.json' with { type: 'json' }
import messages from '../locales/en/messages.json' with { type: 'json' }
import { createLexicon } from '../src/conversation/understand/lexicon.ts'
import { createTitleSearch, type TitleEntry } from '../src/conversation/understand/search.ts'
import { understand } from '../src/conversation/understand/understand.ts'
import type { Here } from '../src/conversation/engine.ts'

/**
 * What reading a typed message costs, in microseconds: each text is read many times, each batch of 100 is one sample,
 * and the table shows the median and the 99th percentile of a sample's mean.
 */
export interface Row {
  text: string
  characters: number
  read: string
  medianMicroseconds: number
  p99Microseconds: number
}

const BATCH = 100

export function understandRows(samples = 200): Row[] {
  const lexicon = createLexicon(new Map([['en', { tag: 'en', name: 'English', words: english }]]))
  const titles: TitleEntry[] = Object.entries(messages.titles).map(([id, { title, words }]) => ({
    id,
    title,
    words,
  }))
  const search = createTitleSearch(new Map([['en', titles]]))
  const choices = ['Yes, go on', 'Not now', 'Talk to a person', 'Menu'].map((label, i) => ({
    id: `bench.page:c${i}`,
    label,
  }))
  const here: Here = { mode: 'open', language: 'en', pack: '', choices }
  const texts: [string, string][] = [
    ['a word', 'exit'],
    ['a number', '2'],
    ['60 characters, danger', 'please help me my husband is outside and he has a big knife!'],
    ['60 characters, disclosure', 'my husband beats me every day and i do not know where to go.'],
    ['60 characters, search', 'where can i find a nurse or a doctor who is open on saturday'],
    ['60 characters, not understood', 'zzyzx qwrtp vbnmk fghjk lkjhg zxcvb qwert asdfg poiuy mnbvc!'],
    ['60 characters, not ASCII', 'мені дуже потрібна допомога, де знайти лікаря сьогодні ввечер'],
    [
      '4,096 characters, plain',
      'the bus to town leaves from the market at ten in the morning '.repeat(80).slice(0, 4096),
    ],
    [
      '4,096 characters, all listed words',
      'my husband will kill me and i want to die '.repeat(120).slice(0, 4096),
    ],
    ['100,000 characters', 'he will not let me go '.repeat(5000).slice(0, 100_000)],
    ['100,000 characters, marks', 'e\u0301\u0302\u200d\ud800'.repeat(20_000)],
  ]
  return texts.map(([name, text]) => {
    const read = understand(text, here, lexicon, search).type
    const times: number[] = []
    const batch = text.length > 1000 ? 5 : BATCH
    for (let i = 0; i < samples + 20; i++) {
      const before = performance.now()
      for (let j = 0; j < batch; j++) understand(text, here, lexicon, search)
      if (i >= 20) times.push(((performance.now() - before) * 1000) / batch)
    }
    times.sort((a, b) => a - b)
    const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10
    return {
      text: name,
      characters: text.length,
      read,
      medianMicroseconds: at(0.5),
      p99Microseconds: at(0.99),
    }
  })
}

if (import.meta.main) console.table(understandRows())
