import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'

/**
 * Renders our chart without Helm, which cannot be had everywhere: values, helpers by `include`, `if` and `range`, `quote`, `int`,
 * `required`, `fail`, `nindent`, `sha256sum`, and whether twice a number is more than another, as Helm writes them. Whatever else stands in a template is refused, and so is a value that is not
 * there; so what this renders Helm renders alike.
 */
export interface Manifest {
  kind: string
  metadata: { name: string; labels?: Record<string, string> }
  [field: string]: unknown
}

type Values = Record<string, unknown>
interface Scope {
  values: Values
  release: string
  names: ReadonlyMap<string, unknown>
}
type Node =
  | { kind: 'text'; text: string }
  | { kind: 'say'; words: string }
  | { kind: 'if'; path: string; inside: Node[] }
  | { kind: 'ifTwice'; twice: string; than: string; inside: Node[] }
  | { kind: 'range'; names: string[]; path: string; inside: Node[] }

export function renderChart(folder: string, values: Values, release = 'lantern'): Manifest[] {
  const templates = readdirSync(join(folder, 'templates'))
  const read = (name: string) => readFileSync(join(folder, 'templates', name), 'utf8')
  const helpers = helpersIn(read('_helpers.tpl'))
  const own = parse(readFileSync(join(folder, 'values.yaml'), 'utf8')) as Values
  const scope: Scope = { values: over(own, values), release, names: new Map() }
  return templates
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .flatMap((name) => {
      const text = written(nodesOf(read(name)), scope, helpers)
      return parseAllDocuments(text, { strict: true, uniqueKeys: true }).flatMap((document) => {
        const [fault] = [...document.errors, ...document.warnings]
        if (fault !== undefined) throw new Error(`${name}: ${fault.message}`)
        return document.contents === null ? [] : [document.toJS() as Manifest]
      })
    })
}

/** As Helm lays one file of values over the chart's own: field by field, and a list as a whole. Settings may be new ones. */
function over(own: Values, given: Values, open = false): Values {
  const isMap = (value: unknown): value is Values =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  const merged: Values = { ...own }
  for (const [name, value] of Object.entries(given)) {
    if (!open && !(name in own)) throw new Error(`the chart has no value ${name}`)
    const before = own[name]
    merged[name] = isMap(value) && isMap(before) ? over(before, value, name === 'settings') : value
  }
  return merged
}

const MARK = /(\{\{-?)\s*(.*?)\s*(-?\}\})/gsu

function nodesOf(template: string): Node[] {
  const top: Node[] = []
  const stack: Node[][] = [top]
  let at = 0
  let trims = false
  const add = (node: Node) => stack.at(-1)?.push(node)
  for (const found of template.matchAll(MARK)) {
    const [whole, open, words = '', close] = found
    let text = template.slice(at, found.index)
    if (trims) text = text.trimStart()
    if (open === '{{-') text = text.trimEnd()
    add({ kind: 'text', text })
    at = found.index + whole.length
    trims = close === '-}}'
    const [, path = ''] = /^if (\.[\w.]+)$/u.exec(words) ?? []
    const [, twice, than = ''] = /^if gt \(mul 2 \(int (\.[\w.]+)\)\) \(int (\.[\w.]+)\)$/u.exec(words) ?? []
    const range = /^range ((?:\$\w+, )?\$\w+) := (\.[\w.]+)$/u.exec(words)
    if (path !== '' || twice !== undefined || range !== null) {
      const inside: Node[] = []
      add(
        range === null
          ? twice === undefined
            ? { kind: 'if', path, inside }
            : { kind: 'ifTwice', twice, than, inside }
          : { kind: 'range', names: (range[1] ?? '').split(', '), path: range[2] ?? '', inside },
      )
      stack.push(inside)
    } else if (words === 'end') {
      stack.pop()
      if (stack.length === 0) throw new Error('an end too many')
    } else add({ kind: 'say', words })
  }
  if (stack.length > 1) throw new Error('an end is missing')
  add({ kind: 'text', text: trims ? template.slice(at).trimStart() : template.slice(at) })
  return top
}

function helpersIn(text: string): ReadonlyMap<string, Node[]> {
  const defined = [...text.matchAll(/\{\{- define "([\w.]+)" -\}\}(.*?)\{\{- end \}\}\n/gsu)]
  if (defined.map(([whole]) => whole).join('') !== text) throw new Error('_helpers.tpl holds something else')
  return new Map(defined.map(([, name = '', body = '']) => [name, nodesOf(body.trim())]))
}

function written(nodes: readonly Node[], scope: Scope, helpers: ReadonlyMap<string, Node[]>): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
          return node.text
        case 'say':
          return said(node.words, scope, helpers)
        case 'if':
          return isTrue(valueOf(node.path, scope)) ? written(node.inside, scope, helpers) : ''
        case 'ifTwice':
          return 2 * wholeOf(node.twice, scope) > wholeOf(node.than, scope)
            ? written(node.inside, scope, helpers)
            : ''
        case 'range':
          return each(valueOf(node.path, scope), node.names)
            .map((names) =>
              written(node.inside, { ...scope, names: new Map([...scope.names, ...names]) }, helpers),
            )
            .join('')
      }
    })
    .join('')
}

/** Of a map in the order of its names, as Go's templates do. */
function each(value: unknown, names: readonly string[]): [string, unknown][][] {
  const [first = '', second] = names
  if (Array.isArray(value) && second === undefined) return value.map((item) => [[first, item]])
  if (typeof value !== 'object' || value === null || Array.isArray(value) || second === undefined)
    throw new Error(`range over something else: ${names.join(', ')}`)
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => [
      [first, name],
      [second, item],
    ])
}

function said(words: string, scope: Scope, helpers: ReadonlyMap<string, Node[]>): string {
  const [, reason] = /^fail "([^"]+)"$/u.exec(words) ?? []
  if (reason !== undefined) throw new Error(reason)
  const [, number] = /^int (\.[\w.]+)$/u.exec(words) ?? []
  if (number !== undefined) return String(wholeOf(number, scope))
  const [, helper, depth] =
    /^include "([\w.]+)" \. \| (?:nindent (\d+)|sha256sum \| quote)$/u.exec(words) ?? []
  if (helper !== undefined) {
    const nodes = helpers.get(helper)
    if (nodes === undefined) throw new Error(`there is no helper ${helper}`)
    const text = written(nodes, scope, helpers)
    if (depth === undefined) return JSON.stringify(createHash('sha256').update(text).digest('hex'))
    const lines = text.split('\n')
    return lines.map((line) => `\n${' '.repeat(Number(depth))}${line}`).join('')
  }
  const [, message, path, quote] = /^(?:required "([^"]+)" )?(\$\w+|\.[\w.]+)( \| quote)?$/u.exec(words) ?? []
  if (path === undefined) throw new Error(`not understood: ${words}`)
  const value = valueOf(path, scope)
  if (message !== undefined && (value === '' || value === null)) throw new Error(message)
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw new Error(`not one value: ${words}`)
  return quote === undefined ? String(value) : JSON.stringify(String(value))
}

function valueOf(path: string, { values, release, names }: Scope): unknown {
  if (path.startsWith('$')) {
    if (!names.has(path)) throw new Error(`nobody named ${path}`)
    return names.get(path)
  }
  if (path === '.Release.Name') return release
  const [, top, ...fields] = path.split('.')
  if (top !== 'Values') throw new Error(`not understood: ${path}`)
  return fields.reduce<unknown>((value, field) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field))
      throw new Error(`there is no ${path}`)
    return (value as Values)[field]
  }, values)
}

function wholeOf(path: string, scope: Scope): number {
  const value = valueOf(path, scope)
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new Error(`not a whole number: ${path}`)
  return value
}

function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}
