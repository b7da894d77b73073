import type { StateValue } from 'xstate'

/** The state of the machine as one string, `health.within72h`: what is stored, shown to testers and drawn. */
export function pathOf(value: StateValue): string {
  if (typeof value === 'string') return value
  for (const [name, inner] of Object.entries(value)) {
    const rest = inner === undefined ? '' : pathOf(inner)
    return rest === '' ? name : `${name}.${rest}`
  }
  return ''
}

export function valueOf(path: string): StateValue {
  const [first = '', ...rest] = path.split('.')
  return rest.length === 0 ? first : { [first]: valueOf(rest.join('.')) }
}
