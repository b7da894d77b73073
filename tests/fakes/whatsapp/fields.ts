import { type GraphAnswer, isObject, type Payload, refuse } from './graph-answer.ts'

/**
 * Which fields an object may have. Meta ignores a field that it does not know; the fake refuses it, so that a misspelt
 * one cannot pass for a working one. What is published but not played is refused as well, and says so.
 */
type Kind = 'text' | 'flag' | 'object' | 'list'
export type Field = { kind: Kind; required?: true } | 'not played'
export type Fields = Readonly<Record<string, Field>>

export const need = (kind: Kind): Field => ({ kind, required: true })
export const may = (kind: Kind): Field => ({ kind })

/** undefined when the object has the published form. `where` is its path, '' for the whole body. */
export function checkFields(where: string, object: Payload, fields: Fields): GraphAnswer | undefined {
  for (const [name, value] of Object.entries(object)) {
    const path = where === '' ? name : `${where}.${name}`
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field === undefined) return refuse(100, `There is no field ${path}`)
    if (field === 'not played') return refuse(100, `The fake does not play ${path}`)
    if (!fits(field.kind, value)) return refuse(100, `${path} has the wrong type`)
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field !== 'not played' && field.required && !Object.hasOwn(object, name)) {
      return refuse(131008, `${where === '' ? name : `${where}.${name}`} is missing`)
    }
  }
  return undefined
}

/** undefined when the text has 1 to `most` UTF-16 units that are not all blank. */
export function checkLength(path: string, text: unknown, most: number): GraphAnswer | undefined {
  if (typeof text !== 'string') return refuse(100, `${path} has the wrong type`)
  if (text.trim() === '') return refuse(131009, `${path} is empty`)
  return text.length > most ? refuse(131009, `${path} is longer than ${most}`) : undefined
}

function fits(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string'
    case 'flag':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value)
    default:
      return isObject(value)
  }
}
