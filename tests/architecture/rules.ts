import type { Import, Source, Tree } from './tree.ts'

/**
 * What holds of the whole tree (docs/decisions/0001-one-way-imports.md). Each rule returns one line for every place
 * that breaks it; an empty list is a house in order.
 */

/** Higher floors may use lower ones; rooms on one floor may use each other as long as no circle arises. */
const FLOORS: readonly (readonly string[])[] = [
  ['privacy', 'storage', 'operations', 'statistics', 'browser', 'errors'],
  ['locales'],
  ['flows'],
  ['conversation', 'directory'],
  ['turns', 'handoff'],
  ['channels', 'desk'],
  ['main', 'cli'],
]
/** What the pure part may use besides itself; none of them does any I/O. */
const PURE_PACKAGES = new Set(['xstate', 'i18next', 'minisearch', 'zod'])
/** Contracts that a lower floor may name in a type, because the composition root hands their makers in. */
const CONTRACTS = new Set(['src/channels/channel.ts'])
const ROOT_FILES = /^src\/([a-z-]+)\.ts$/u
const LOG = 'src/operations/log.ts'
const EDGES = /^(?:src\/main\.ts|src\/desk\/ui\/clock\.ts|src\/cli\/|tests\/|bench\/)/u

export function roomOf(path: string): string | undefined {
  const [top, second = ''] = path.split('/')
  if (top === 'flows' || top === 'locales') return top
  if (top !== 'src') return undefined
  const file = ROOT_FILES.exec(path)?.[1]
  if (file === undefined) return second
  return file === 'errors' ? 'errors' : 'main'
}

function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room))
}

const isInside = ({ to }: Import) => /^(?:src|flows|locales|tests|bench|packs)\//u.test(to)

export function importsGoOneWay(tree: Tree): string[] {
  return tree.flatMap(({ path, imports }) => {
    const room = roomOf(path)
    if (room === undefined) return []
    if (floorOf(room) < 0) return [`${path} is in a room that has no floor`]
    return imports.filter(isInside).flatMap(({ to, typeOnly }) => {
      const target = roomOf(to)
      if (target === undefined) return [`${path} imports ${to}, which is no part of the program`]
      if (target === room && sameChannel(path, to)) return []
      if (typeOnly && CONTRACTS.has(to)) return []
      if (target !== room && floorOf(target) <= floorOf(room) && floorOf(target) >= 0) return []
      return [`${path} imports ${to}: ${room} may not use ${target}`]
    })
  })
}

/** A channel is a folder that can be deleted: no other channel uses it. */
function sameChannel(path: string, to: string): boolean {
  const channel = (file: string) => /^src\/channels\/([^/]+)\//u.exec(file)?.[1]
  return channel(path) === undefined || channel(to) === undefined || channel(path) === channel(to)
}

/** Conversation and flows, and whatever they load, reach nothing outside the process. */
export function thePurePartDoesNoIo(tree: Tree): string[] {
  const byPath = new Map(tree.map((source) => [source.path, source]))
  const seen = new Set<string>()
  const found: string[] = []
  const visit = ({ path, imports }: Source): void => {
    if (seen.has(path)) return
    seen.add(path)
    for (const { to, typeOnly } of imports) {
      if (typeOnly) continue
      const next = byPath.get(to)
      if (next !== undefined) visit(next)
      else if (!to.startsWith('locales/') && !PURE_PACKAGES.has(to))
        found.push(`${path} loads ${to}, and the pure part loads it`)
    }
  }
  for (const source of tree) if (/^(?:flows|src\/conversation)\//u.test(source.path)) visit(source)
  return found
}

export function nothingImportsInCircles(tree: Tree): string[] {
  const byPath = new Map(tree.map((source) => [source.path, source]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (source: Source, trail: readonly string[]): void => {
    const start = trail.indexOf(source.path)
    if (start >= 0) found.push([...trail.slice(start), source.path].join(' -> '))
    if (start >= 0 || done.has(source.path)) return
    for (const { to, typeOnly } of source.imports) {
      const next = typeOnly ? undefined : byPath.get(to)
      if (next !== undefined) visit(next, [...trail, source.path])
    }
    done.add(source.path)
  }
  for (const source of tree) visit(source, [])
  return found
}

export function noFileOnlyPassesOn(tree: Tree): string[] {
  return tree
    .filter(({ path, onlyPassesOn }) => onlyPassesOn || /(?:^|\/)index\.[a-z]+$/u.test(path))
    .map(({ path }) => `${path} only passes on what other files hold`)
}

export function filesHaveKebabNames(tree: Tree): string[] {
  return tree
    .filter(
      ({ path }) => !/^(?:[a-z0-9-]+\/)+[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|child))?\.[a-z]+$/u.test(path),
    )
    .map(({ path }) => `${path} is not in kebab-case`)
}

export function onlyTheseReveal(tree: Tree, callers: readonly string[]): string[] {
  const found = tree.filter(({ path, reveals }) => reveals && path.startsWith('src/')).map(({ path }) => path)
  return [
    ...found
      .filter((path) => !callers.includes(path))
      .map((path) => `${path} reveals and is not on the list`),
    ...callers
      .filter((path) => !found.includes(path))
      .map((path) => `${path} is on the list and reveals nothing`),
  ]
}

export function onlyTheEdgesReadTheClock(tree: Tree): string[] {
  return tree
    .filter(({ path, readsTheClock }) => readsTheClock && !EDGES.test(path))
    .map(({ path }) => `${path} reads the machine's time`)
}

/** What is printed is for whoever typed a command; the program itself tells what happens through its log. */
export function onlyTheCommandLinePrints(tree: Tree): string[] {
  return tree
    .filter(({ path, prints }) => prints && path.startsWith('src/') && !path.startsWith('src/cli/'))
    .map(({ path }) => `${path} prints`)
}

/** A line is made of words of the catalogue: none is put together, and pino is reached through our log alone. */
export function logLinesCarryNoText(tree: Tree): string[] {
  const inHouse = tree.filter(({ path }) => path.startsWith('src/'))
  return [
    ...inHouse.flatMap(({ path, logsMore }) =>
      logsMore.map((what) => `${path} logs what could be text: ${what}`),
    ),
    ...inHouse
      .filter(({ path, imports }) => path !== LOG && imports.some(({ to }) => to === 'pino'))
      .map(({ path }) => `${path} uses pino past the log`),
  ]
}
