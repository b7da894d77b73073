import type { z } from 'zod'

/** What the schema found wrong, as the end of a sentence that begins with the field, and what to do about it. */
export interface Fault {
  problem: string
  remedy: string
}

const CORRECT = 'Correct it.'
const FILL_IN = 'Fill it in.'

export function inWords(issue: z.core.$ZodIssue): Fault {
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ')
      return {
        problem: issue.input === undefined ? 'is missing or not known' : 'is not known',
        remedy: `Use ${issue.values.length > 1 ? 'one of ' : ''}${values}.`,
      }
    }
    case 'invalid_type':
      return wrongType(issue.expected)
    case 'too_big':
      return issue.origin === 'string'
        ? { problem: `has more than ${issue.maximum} characters`, remedy: 'Shorten it.' }
        : { problem: `is above ${issue.maximum}`, remedy: CORRECT }
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? { problem: 'is empty', remedy: FILL_IN }
        : { problem: `is below ${issue.minimum}`, remedy: CORRECT }
    case 'invalid_key':
      return { problem: 'has a key that is not known', remedy: 'Use names as in packs/demo.' }
    case 'unrecognized_keys':
      return {
        problem: `has ${issue.keys.join(', ')}, which is not known`,
        remedy: 'Correct the name or delete it.',
      }
    case 'invalid_format':
    case 'custom':
      return {
        problem: `is not ${issue.message}`,
        remedy: issue.message.startsWith('given') ? FILL_IN : CORRECT,
      }
    case 'invalid_union':
    case 'invalid_element':
    case 'not_multiple_of':
      return { problem: 'cannot be used', remedy: 'Compare it with packs/demo.' }
  }
}

function wrongType(expected: string): Fault {
  switch (expected) {
    case 'boolean':
      return { problem: 'is neither yes nor no', remedy: 'Write yes, write no, or leave it empty.' }
    case 'number':
      return { problem: 'is not a number', remedy: 'Write digits, with a point for decimals.' }
    default:
      return { problem: 'is missing or of the wrong kind', remedy: 'Compare it with packs/demo.' }
  }
}
