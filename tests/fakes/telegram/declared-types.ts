import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parseSync } from 'oxc-parser'

/**
 * Reads the declarations of the Bot API in @grammyjs/types: what a method takes, and what an object of the API holds.
 * Fields as `name` or `name?`, with their types as TypeScript writes them.
 */
export interface Declared {
  method(name: string): Readonly<Record<string, string>> | undefined
  object(file: string, name: string): Readonly<Record<string, string>> | undefined
}

export function readDeclared(): Declared {
  const grammy = createRequire(import.meta.url).resolve('grammy')
  const folder = dirname(createRequire(grammy).resolve('@grammyjs/types'))
  const open = (file: string) => {
    const text = readFileSync(join(folder, file), 'utf8')
    return { text, nodes: nodesOf(parseSync(file, text).program) }
  }
  const methods = open('methods.d.ts')
  return {
    method(name) {
      const found = methods.nodes.find(
        (node) => node['type'] === 'TSMethodSignature' && nameOf(node) === name,
      )
      if (found === undefined) return undefined
      const [args] = nodesOf(found['params']).filter((node) => node['type'] === 'TSTypeLiteral')
      return args === undefined ? {} : fieldsOf(args['members'], methods.text)
    },
    object(file, name) {
      const { text, nodes } = open(file)
      const found = nodes.find((node) => node['type'] === 'TSInterfaceDeclaration' && idOf(node) === name)
      return found === undefined ? undefined : fieldsOf(childOf(found, 'body')?.['body'], text)
    },
  }
}

type Node = Record<string, unknown>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

function childOf(node: Node, name: string): Node | undefined {
  const child = node[name]
  return isNode(child) ? child : undefined
}

function nameOf(node: Node): unknown {
  return childOf(node, 'key')?.['name']
}

function idOf(node: Node): unknown {
  return childOf(node, 'id')?.['name']
}

/** The node and everything under it, outermost first. */
function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf)
  if (!isNode(value)) return []
  return [value, ...Object.values(value).flatMap(nodesOf)]
}

function fieldsOf(members: unknown, text: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const member of Array.isArray(members) ? (members as unknown[]) : []) {
    if (!isNode(member) || member['type'] !== 'TSPropertySignature') continue
    const written = childOf(childOf(member, 'typeAnnotation') ?? {}, 'typeAnnotation')
    const type = text.slice(Number(written?.['start']), Number(written?.['end']))
    fields[`${String(nameOf(member))}${member['optional'] === true ? '?' : ''}`] = type
  }
  return fields
}
