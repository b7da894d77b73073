/**
 * The fields that docs/promises.md says could be handed over: each row of the table under that heading begins with the
 * kind and lists its fields in code marks.
 */
export function listedFields(promises: string): string[] {
  const [, after = ''] = promises.split('\n## What we could hand over about one person\n')
  const [section = ''] = after.split('\n## ')
  return section
    .split('\n')
    .filter((line) => /^\| `\w+` \|/u.test(line))
    .flatMap((line) => {
      const [, kind = '', , fields = ''] = line.split('|')
      const inMarks = (cell: string) => [...cell.matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name)
      const [of = ''] = inMarks(kind)
      return inMarks(fields).map((field) => `${of}.${field}`)
    })
}
