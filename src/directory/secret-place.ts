import type { Service } from './service.ts'

/** A place that people read nothing of but a number: no address, no area, and no order or search that would tell it. */
export function isSecretPlace({ visibility, categories }: Service): boolean {
  return visibility !== 'public' || categories.includes('shelter')
}
