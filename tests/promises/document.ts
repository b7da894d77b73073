/**
 * A document of promises: Markdown in which every sentence after the first heading of the second level carries a
 * reference, `[^name]`, and each reference is a note at the end that names a test: `[^name]: ` then the test's file in
 * code marks and its title. Rows of a table are read cell by cell; a cell without a full stop is a label.
 */
export interface Statement {
  line: number
  text: string
  references: readonly string[]
}

export type Note = { name: string; line: number } & (
  | { kind: 'test'; file: string; title: string }
  /** What nobody holds, said openly; only where a document allows it. */
  | { kind: 'gap'; text: string }
  | { kind: 'unreadable' }
)

export interface Document {
  statements: Statement[]
  notes: Note[]
}

const NOTE = /^\[\^([\w-]+)\]: (.*)$/u
const TEST = /^`(tests\/[\w./-]+\.ts)` (.+)$/u
const REFERENCE = /\[\^([\w-]+)\]/gu

export function readDocument(markdown: string): Document {
  const lines = markdown.split('\n')
  const statements: Statement[] = []
  const notes: Note[] = []
  let block: { line: number; text: string } | undefined
  let begun = false
  const end = () => {
    if (block !== undefined && begun) statements.push(...sentencesOf(block.text, block.line))
    block = undefined
  }
  for (const [index, raw] of lines.entries()) {
    const line = index + 1
    const text = raw.trim()
    const note = NOTE.exec(text)
    if (note !== null) {
      end()
      notes.push(noteOf(note[1] ?? '', note[2] ?? '', line))
    } else if (text.startsWith('#')) {
      end()
      begun ||= text.startsWith('## ')
    } else if (text.startsWith('|')) {
      end()
      const isHeading = (lines[index + 1] ?? '').trim().startsWith('|--')
      if (begun && !isHeading && !text.startsWith('|--')) statements.push(...rowOf(text, line))
    } else if (text === '') end()
    else if (/^(?:[-*]|\d+\.) /u.test(text)) {
      end()
      block = { line, text: text.replace(/^\S+ /u, '') }
    } else if (block === undefined) block = { line, text }
    else block.text += ` ${text}`
  }
  end()
  return { statements, notes }
}

function noteOf(name: string, text: string, line: number): Note {
  const test = TEST.exec(text)
  if (test !== null) return { name, line, kind: 'test', file: test[1] ?? '', title: test[2] ?? '' }
  const gap = /^Gap: (.+\.)$/u.exec(text)
  return gap === null ? { name, line, kind: 'unreadable' } : { name, line, kind: 'gap', text: gap[1] ?? '' }
}

/** A sentence ends with a full stop (or `!`, `?`, `:`) and its references; what follows begins with a capital or a mark. */
function sentencesOf(block: string, line: number): Statement[] {
  return block
    .split(/(?<=[.!?:](?:\[\^[\w-]+\])*)\s+(?=[\p{Lu}`*"'(])/u)
    .map((sentence) => statementOf(sentence, line))
    .filter(({ text }) => text !== '')
}

function rowOf(row: string, line: number): Statement[] {
  const cells = row.split('|').slice(1, -1)
  const sentences = cells.filter((cell) => /[.!?](?:\[\^[\w-]+\])*\s*$/u.test(cell))
  if (sentences.length > 0) return sentences.flatMap((cell) => sentencesOf(cell.trim(), line))
  return [statementOf(row, line)]
}

function statementOf(sentence: string, line: number): Statement {
  return {
    line,
    text: sentence.replaceAll(REFERENCE, '').trim(),
    references: [...sentence.matchAll(REFERENCE)].map(([, name = '']) => name),
  }
}
