import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { pages } from '../../src/conversation/pages.ts'
import { everywhere, rooms } from '../../src/cli/flows/arrows.ts'
import { overview, pictureOf, pictures } from '../../src/cli/flows/pictures.ts'

const DOCS = join(import.meta.dirname, '../../docs')
let drawn: Map<string, string>
beforeAll(async () => {
  drawn = await pictures()
})

describe('the pictures of the conversation', () => {
  test('are the ones in docs/; otherwise run: npm run flows:draw', () => {
    const kept = ['flows.svg', ...readdirSync(join(DOCS, 'flows')).map((name) => `flows/${name}`)]
    expect(kept.toSorted()).toEqual([...drawn.keys()].toSorted())
    for (const path of kept)
      expect(readFileSync(join(DOCS, path), 'utf8') === drawn.get(path), path).toBe(true)
  })

  test('are the same bytes every time', async () => {
    expect(await pictures()).toEqual(drawn)
  })

  test('show every page, and no arrow that leads nowhere', () => {
    const nodes = new Set<string>()
    for (const room of rooms()) {
      const graph = pictureOf(room)
      const own = new Set(graph.nodes.map(({ name }) => name))
      for (const { tail, head } of graph.edges)
        expect(own.has(tail) && own.has(head), `${tail} ${head}`).toBe(true)
      for (const name of own) nodes.add(name)
    }
    for (const path of pages.keys()) expect(nodes).toContain(path)
  })

  test('show every choice of a page as an arrow or as a word on it', () => {
    const all = rooms()
    for (const [path, { choices }] of pages) {
      const room = all.find(({ name }) => path.startsWith(`${name}.`))
      const ways = room?.places.find((place) => place.path === path)?.ways ?? []
      const arrows = (room?.arrows ?? []).filter(({ from }) => from === path)
      for (const choice of choices)
        expect(
          ways.includes(choice) || arrows.some(({ by }) => by === choice || by.startsWith(`${choice} (`)),
          `${path}:${choice}`,
        ).toBe(true)
    }
  })

  test('show that danger and leaving are one step from everywhere', () => {
    const always = everywhere().map(({ by, to }) => `${by} ${to}`)
    expect(always).toEqual(expect.arrayContaining(['exit cover', 'help danger', 'wipe privacy.wipeConfirm']))
    const names = overview(rooms(), everywhere()).nodes.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['welcome', 'cover', 'erased']))
  })
})
