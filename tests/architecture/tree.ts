import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type CallExpression, type Node, parseSync, Visitor } from 'oxc-parser'

/**
 * The sources of the house as data: who imports whom, and the few expressions that only some places may use. Read from
 * the syntax tree, so that a comment or a string never counts.
 */
export interface Source {
  path: string
  imports: readonly Import[]
  /** Everything that it exports comes from elsewhere. */
  onlyPassesOn: boolean
  reveals: boolean
  /** Asks the machine for the time: `new Date()` or `Date()`. */
  readsTheClock: boolean
  /** Writes to the console or to standard output or error. */
  prints: boolean
  /** What stands in a call of the log that could carry text: a template, a sum, a cast, a call. */
  logsMore: readonly string[]
}

export interface Import {
  /** A path of the tree, `node:fs`, or a package's name. */
  to: string
  /** Vanishes when the program runs. */
  typeOnly: boolean
}

export type Tree = readonly Source[]

const FOLDERS = ['src', 'flows', 'tests', 'bench']
const INSTALLED = /[\\/]node_modules[\\/]/u
const CODE = /\.(?:ts|tsx|js|mjs)$/u

/** Every source file of the checkout that is ours, by its path from the top. */
export function filesOfTheHouse(top: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const folder of FOLDERS)
    for (const entry of readdirSync(join(top, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (!entry.isFile() || !CODE.test(entry.name) || INSTALLED.test(path)) continue
      files.set(posix.normalize(path.slice(top.length + 1).replaceAll('\\', '/')), readFileSync(path, 'utf8'))
    }
  return files
}

export function readTree(files: ReadonlyMap<string, string>): Tree {
  return [...files].map(([path, text]) => readSource(path, text))
}

function readSource(path: string, text: string): Source {
  const { module, program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? 'cannot be read'}`)
  const from = (specifier: string): string =>
    specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : packageOf(specifier)
  const imports: Import[] = module.staticImports.map(({ moduleRequest, entries }) => ({
    to: from(moduleRequest.value),
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }))
  for (const { entries } of module.staticExports)
    for (const { moduleRequest, isType } of entries)
      if (moduleRequest !== null) imports.push({ to: from(moduleRequest.value), typeOnly: isType })
  const exported = module.staticExports.flatMap(({ entries }) => entries)
  let reveals = false
  let readsTheClock = false
  let prints = imports.some(({ to }) => PRINTERS.has(to))
  const logsMore: string[] = []
  new Visitor({
    ImportExpression({ source }) {
      if (source.type === 'Literal' && typeof source.value === 'string')
        imports.push({ to: from(source.value), typeOnly: false })
    },
    MemberExpression({ object, property }) {
      if (object.type !== 'Identifier') return
      const name = property.type === 'Literal' ? property.value : 'name' in property && property.name
      if (object.name === 'console' || (object.name === 'process' && isStream(name))) prints = true
    },
    VariableDeclarator({ id, init }) {
      // const { stderr } = process
      if (init?.type !== 'Identifier' || !PRINTERS.has(`node:${init.name}`)) return
      if (init.name === 'console' || /\b(?:stdout|stderr)\b/u.test(text.slice(id.start, id.end)))
        prints = true
    },
    CallExpression(call) {
      const { callee } = call
      if (isLogCall(callee)) logsMore.push(...call.arguments.flatMap((argument) => whatCarriesText(argument)))
      if (callee.type === 'MemberExpression' && !callee.computed && callee.property.name === 'reveal')
        reveals = true
      if (callee.type === 'Identifier' && callee.name === 'Date') readsTheClock = true
    },
    NewExpression({ callee, arguments: given }) {
      if (callee.type === 'Identifier' && callee.name === 'Date' && given.length === 0) readsTheClock = true
    },
  }).visit(program)
  return {
    path,
    imports,
    onlyPassesOn: exported.length > 0 && exported.every(({ moduleRequest }) => moduleRequest !== null),
    reveals,
    readsTheClock,
    prints,
    logsMore,
  }
}

const PRINTERS = new Set(['node:process', 'node:console'])
const isStream = (name: unknown) => name === 'stdout' || name === 'stderr'

/** `log.event(…)`, `parts.log.event(…)`, `log?.event(…)`. */
function isLogCall(callee: CallExpression['callee']): boolean {
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.name !== 'event') return false
  const { object } = callee
  if (object.type === 'Identifier') return object.name === 'log'
  return object.type === 'MemberExpression' && !object.computed && object.property.name === 'log'
}

const CARRIERS = new Set(['TemplateLiteral', 'TaggedTemplateExpression', 'TSAsExpression', 'TSTypeAssertion'])

function whatCarriesText(node: Node): string[] {
  if (CARRIERS.has(node.type)) return [node.type]
  if (node.type === 'BinaryExpression' && node.operator === '+') return ['+']
  if (node.type === 'CallExpression') {
    const isShape = node.callee.type === 'Identifier' && node.callee.name === 'shapeOf'
    if (!isShape) return ['a call']
  }
  return childrenOf(node).flatMap((child) => whatCarriesText(child))
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter(
      (one): one is Node => typeof one === 'object' && one !== null && 'type' in one,
    ),
  )
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
