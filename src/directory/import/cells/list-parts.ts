/** The parts of a cell that holds a list in whatever way people separate it, "and" in five languages among them. */
const SEPARATORS = /[;,|\n\r،؛•·]|\s\/\s|\/(?=\p{L})/u
const AND = /\s+(?:and|et|y|e|та|і|й|&|\+)\s+|\s+و(?=\p{L})/u

/** A part that means something as a whole is not cut; otherwise at its "and"s, then at its spaces, if all of that means something. */
export function listParts(cell: string, isWhole: (part: string) => boolean): string[] {
  return cell
    .split(SEPARATORS)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => {
      if (isWhole(part)) return [part]
      for (const separator of [AND, /\s+/u]) {
        const words = part.split(separator).map((word) => word.trim())
        if (words.length > 1 && words.every(isWhole)) return words
      }
      return [part]
    })
}
