import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type Note, readDocument } from './document.ts'
import { type Title, titlesIn } from './test-titles.ts'

/** What is wrong with a document of promises, one line each. `gaps`: it may say openly that no test holds something. */
export function faultsOf(markdown: string, house: TestHouse, { gaps }: { gaps: boolean }): string[] {
  const { statements, notes } = readDocument(markdown)
  const named = new Map(notes.map((note) => [note.name, note]))
  const used = new Set(statements.flatMap(({ references }) => references))
  return [
    ...(statements.length === 0 ? ['it promises nothing'] : []),
    ...statements
      .filter(({ references }) => references.length === 0)
      .map(({ line, text }) => `line ${line}: nothing holds "${text}"`),
    ...statements.flatMap(({ line, references }) =>
      references.filter((name) => !named.has(name)).map((name) => `line ${line}: there is no note ${name}`),
    ),
    ...notes
      .filter(({ name, line }) => !used.has(name) || named.get(name)?.line !== line)
      .map(({ name, line }) => `line ${line}: the note ${name} is not used, or there twice`),
    ...notes.flatMap((note) => {
      const fault = faultOfNote(note, house, gaps)
      return fault === undefined ? [] : [`line ${note.line}: ${fault}`]
    }),
  ]
}

function faultOfNote(note: Note, house: TestHouse, gaps: boolean): string | undefined {
  switch (note.kind) {
    case 'unreadable':
      return `the note ${note.name} names no test`
    case 'gap':
      return gaps ? undefined : `the note ${note.name} is a gap`
    case 'test':
      return house.faultOf(note.file, note.title)
  }
}

export interface TestHouse {
  /** undefined: this test is there and runs. */
  faultOf(file: string, title: string): string | undefined
}

/** The tests of the checkout; a file that is no test file counts when a test file of its folder takes its tests in. */
export function testsUnder(top: string): TestHouse {
  const read = new Map<string, Title[] | undefined>()
  const titles = (file: string): Title[] | undefined => {
    if (!read.has(file)) read.set(file, readTitles(top, file))
    return read.get(file)
  }
  return {
    faultOf(file, title) {
      const all = titles(file)
      if (all === undefined) return `there is no test file ${file}`
      const found = all.filter((one) => one.title === title)
      if (found.length === 0) return `${file} has no test "${title}"`
      if (found.length > 1) return `${file} has more than one test "${title}"`
      return found[0]?.mayBeSkipped === true ? `${file}: "${title}" may be skipped` : undefined
    },
  }
}

function readTitles(top: string, file: string): Title[] | undefined {
  const path = join(top, file)
  if (!existsSync(path)) return undefined
  if (!file.endsWith('.test.ts') && !isTakenIn(top, file)) return undefined
  return titlesIn(file, readFileSync(path, 'utf8'))
}

function isTakenIn(top: string, file: string): boolean {
  const [folder, name] = [posix.dirname(file), posix.basename(file)]
  return globSync(`${folder}/*.test.ts`, { cwd: top }).some((one) =>
    readFileSync(join(top, one), 'utf8').includes(`from './${name}'`),
  )
}
