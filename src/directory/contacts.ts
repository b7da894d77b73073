import type { Contact, Service } from './service.ts'

/** What is dialled or written to, by the kinds asked for, in the order of the kinds. */
export function numbersOf({ contacts }: Service, ...kinds: Contact['kind'][]): readonly string[] {
  return kinds.flatMap((kind) => contacts.filter((one) => one.kind === kind).map(({ value }) => value))
}
