/** A reading that is remembered by its text: sheets say the same few things thousands of times. Forgotten all at once when full. */
const MOST = 2_000
const LONGEST = 200

export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, { value: T }>()
  return (text) => {
    if (text.length > LONGEST) return read(text)
    const found = known.get(text)
    if (found !== undefined) return found.value
    if (known.size >= MOST) known.clear()
    const value = read(text)
    known.set(text, { value })
    return value
  }
}
