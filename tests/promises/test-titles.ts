import { type CallExpression, type Node, parseSync } from 'oxc-parser'

/** One test as it stands in its file: what a promise may lean on. */
export interface Title {
  title: string
  /** Whether it, or something around it, may be passed by: `skip`, `todo`, `fails`, `skipIf`, `runIf`, `only` elsewhere. */
  mayBeSkipped: boolean
}

const TESTS = new Set(['it', 'test'])
const GROUPS = new Set(['describe'])
const PASSED_BY = new Set(['skip', 'todo', 'skipIf', 'runIf', 'fails'])

/** Read from the syntax tree, so that a test that was commented out is none. */
export function titlesIn(path: string, text: string): Title[] {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? 'cannot be read'}`)
  const found: Title[] = []
  const visit = (node: Node, skipped: boolean): void => {
    const call = node.type === 'CallExpression' ? kindOf(node) : undefined
    if (call === undefined) {
      for (const child of childrenOf(node)) visit(child, skipped)
      return
    }
    const mayBeSkipped = skipped || call.passedBy || (call.isTest && skipsItself(node))
    if (call.isTest) found.push({ title: call.title, mayBeSkipped })
    else for (const child of childrenOf(node)) visit(child, mayBeSkipped)
  }
  visit(program, false)
  return found
}

interface Call {
  isTest: boolean
  title: string
  passedBy: boolean
}

/** `it('…')`, `it.each(rows)('…')`, `describe.skip('…')`; undefined for every other call. */
function kindOf(call: CallExpression): Call | undefined {
  const words = wordsOf(call.callee)
  const [first = '', ...others] = words
  if (!TESTS.has(first) && !GROUPS.has(first)) return undefined
  const title = textOf(call.arguments[0])
  // `it.each(rows)` alone is not a test yet.
  if (title === undefined) return undefined
  return { isTest: TESTS.has(first), title, passedBy: others.some((word) => PASSED_BY.has(word)) }
}

function wordsOf(callee: Node): string[] {
  if (callee.type === 'Identifier') return [callee.name]
  if (callee.type === 'CallExpression') return wordsOf(callee.callee)
  if (callee.type === 'MemberExpression' && !callee.computed && 'name' in callee.property)
    return [...wordsOf(callee.object), callee.property.name]
  return []
}

function textOf(node: Node | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined
  return undefined
}

/** `context.skip()` in its body, or the option `skip`. */
function skipsItself(node: Node): boolean {
  const named = (one: Node) => 'name' in one && typeof one.name === 'string' && PASSED_BY.has(one.name)
  if (node.type === 'CallExpression') {
    const { callee } = node
    if (callee.type === 'MemberExpression' && !callee.computed && named(callee.property)) return true
    if (callee.type === 'Identifier' && named(callee)) return true
  }
  if (node.type === 'Property' && named(node.key)) return true
  return childrenOf(node).some(skipsItself)
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value: unknown) =>
    (Array.isArray(value) ? value : [value]).filter(
      (one): one is Node => typeof one === 'object' && one !== null && 'type' in one,
    ),
  )
}
