/**
 * A systemd unit as systemd reads it: sections, comments, and keys that may come again. An empty value takes back what a key
 * was given before (systemd.syntax(7)); lines that go on with a backslash are refused, since ours have none.
 */
export type Unit = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>

export function readUnit(text: string): Unit {
  const sections = new Map<string, Map<string, string[]>>()
  let section: Map<string, string[]> | undefined
  for (const line of text.split('\n')) {
    if (line.trim() === '' || /^[#;]/u.test(line)) continue
    if (line.endsWith('\\')) throw new Error(`a line that goes on: ${line}`)
    const [, title] = /^\[(\w+)\]$/u.exec(line) ?? []
    if (title !== undefined) {
      section = sections.get(title) ?? new Map<string, string[]>()
      sections.set(title, section)
      continue
    }
    const [, key, value = ''] = /^([A-Z]\w+)=(.*)$/u.exec(line) ?? []
    if (key === undefined || section === undefined) throw new Error(`not understood: ${line}`)
    section.set(key, value === '' ? [''] : [...(section.get(key) ?? []), value])
  }
  return sections
}

/** All values of a key, one after the other. */
export function valuesOf(unit: Unit, key: string, section = 'Service'): readonly string[] {
  return unit.get(section)?.get(key) ?? []
}

/** The one value of a key. */
export function valueOf(unit: Unit, key: string, section = 'Service'): string {
  const values = valuesOf(unit, key, section)
  if (values[0] === undefined || values.length > 1) throw new Error(`${key} stands ${values.length} times`)
  return values[0]
}
