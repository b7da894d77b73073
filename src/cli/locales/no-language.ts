import type { Locales } from '../../conversation/locale.ts'

/** Says which languages there are; the exit code. */
export function noLanguage(tag: string, locales: Locales): number {
  console.error(`There is no language ${tag}. There are: ${[...locales.keys()].join(', ')}.`)
  return 1
}
