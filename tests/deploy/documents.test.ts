import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { VARIABLES } from '../../src/config-variables.ts'
import { EVENTS } from '../../src/operations/log.ts'

/** Whoever follows these two at night must not meet a command, a line of the log, a setting or a chapter that is not there. */
const HOUSE = join(import.meta.dirname, '../..')
const textOf = (path: string) => readFileSync(join(HOUSE, path), 'utf8')
const DOCUMENTS = ['docs/deploy.md', 'docs/runbook.md']

/** As GitHub makes them of headings. */
function anchorsIn(path: string): string[] {
  return [...textOf(path).matchAll(/^#+ (.+)$/gmu)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe.each(DOCUMENTS)('%s', (path) => {
  const text = textOf(path)
  const coded = [...text.matchAll(/`([^`\n]+)`/gu)].map(([, words = '']) => words)

  it('leads only to chapters and files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/gu)]
    expect(links.length).toBeGreaterThan(5)
    for (const [, file = '', anchor] of links) {
      const target = file === '' ? path : join(dirname(path), file)
      expect(existsSync(join(HOUSE, target)), target).toBe(true)
      if (anchor !== undefined) expect(anchorsIn(target)).toContain(anchor)
    }
  })

  it('names commands that there are', () => {
    const known = [...textOf('src/cli/lantern.ts').matchAll(/^ {2}(\w+): \{/gmu)].map(([, name]) => name)
    expect(known).toContain('drain')
    const said = [...text.matchAll(/`?(?:^|[\s`(])lantern ([a-z]+)(?=[\s`])/gmu)]
      .map(([, name]) => name)
      .filter((name) => coded.some((words) => words.startsWith(`lantern ${name}`)))
    expect(said.length).toBeGreaterThan(3)
    expect(said.filter((name) => !known.includes(name))).toEqual([])
  })

  it('names settings, lines of the log and files of ours that there are', () => {
    const settings = coded.flatMap((words) => /^([A-Z]{2,}_[A-Z_]+)(?:=.*)?$/u.exec(words)?.[1] ?? [])
    const others = ['SITE', 'UPSTREAMS', 'DESK_NETWORKS', 'CHATWOOT_']
    expect(settings.filter((name) => !(name in VARIABLES) && !others.includes(name))).toEqual([])
    const codes = coded.filter((words) =>
      /^(?:telegram|whatsapp|chatwoot|turn|process|wipe)\.[a-z]+[A-Z]?\w*$/u.test(words),
    )
    expect(codes.filter((code) => !(EVENTS as readonly string[]).includes(code))).toEqual([])
    const files = [...text.matchAll(/(?<![\w/-])deploy\/[\w./@-]+/gu)].map(([file]) =>
      file.replace(/[./]+$/u, ''),
    )
    const there = (file: string) => existsSync(join(HOUSE, file))
    expect(files.filter((file) => file !== 'deploy/lantern-bot' && !there(file))).toEqual([])
  })
})

it('commands that write a file on an installed machine are told a place where their user may', () => {
  const text = textOf('docs/deploy.md')
  expect(text).toContain('install -d -m 0700 -o lantern -g lantern /srv/lantern\n')
  const places = [...text.matchAll(/lantern (?:backup|restore) (?!--)(<?[^\s`]+)/gu)].map(
    ([, path = '']) => path,
  )
  expect(places.length).toBeGreaterThan(1)
  expect(places.filter((path) => !path.startsWith('/srv/lantern/'))).toEqual([])
  // Neither the image nor /opt/lantern can be written to, and the settings are read by the installed command alone.
  expect(text).not.toMatch(/`lantern locales review/u)
  expect(text).not.toMatch(/npm run -s lantern -- stats/u)
  // Nothing listens there but on the machine with systemd, and no image has curl.
  expect(textOf('docs/runbook.md')).not.toMatch(/curl/u)
})

it('each of several processes is told a port of its own for its metrics', () => {
  const text = textOf('docs/deploy.md')
  const [, processes = ''] = /enable --now ((?:lantern@\d+ ?)+)`/u.exec(text) ?? []
  const names = processes.trim().split(' ')
  expect(names.length).toBeGreaterThan(1)
  for (const name of names) expect(text).toContain(`systemctl edit ${name}\``)
  const [, first] = /METRICS_PORT=(\d+)`, and `systemctl edit \S+ with `(\d+)`/u.exec(text) ?? []
  expect(first).toBeDefined()
})

it('the runbook has a list for each of what can go wrong, and says in each who to tell', () => {
  const chapters = textOf('docs/runbook.md').split(/^## /mu).slice(1)
  const lists = chapters.filter((chapter) => /^1\. /mu.test(chapter))
  expect(lists.map((chapter) => chapter.split('\n')[0])).toEqual([
    'A token leaked',
    'The machine was taken',
    'Redis is full',
    'The vault is lost',
    'A wrong number was published',
    'The process dies',
    'A platform refuses',
    'Somebody leaves',
  ])
  for (const list of lists) expect(list).toContain('**Who to tell**')
})
