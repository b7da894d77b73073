import type { Finding } from '../finding.ts'
import type { Foreign } from '../foreign.ts'
import { decode } from './decode.ts'
import { type Grid, readDelimited } from './delimited.ts'
import { readJson } from './json.ts'
import { MOST_BYTES, MOST_UNPACKED, type Refusal, refuse, tooBig, tooMuchPacked } from './limits.ts'
import { unpack } from './unpack.ts'
import { isOfTable, readSheets } from './workbook.ts'

/** What is imported: one file, or a folder of them. */
export type Source = {
  /** As its keeper calls it; it becomes the source of each service. */
  name: string
} & ({ bytes: Uint8Array } | { files: ReadonlyMap<string, Uint8Array> })

export interface Tables {
  kind: 'tables'
  /** For the report: "CSV", "XLSX". */
  format: string
  grids: readonly (Grid & { findings: readonly Finding[] })[]
}
export type Read = Tables | { kind: 'foreign'; foreign: Foreign } | Refusal

/** By what is in the file, not by how it is called. Never throws, and never takes more than `limits.ts` allows. */
export async function readSource(source: Source): Promise<Read> {
  if ('files' in source) return readPackage(source.files)
  const { bytes } = source
  if (bytes.length > MOST_BYTES) return tooBig()
  if (bytes.length === 0) return refuse('The file is empty', 'Export the list again.')
  if (startsWith(bytes, ZIP)) return readPacked(bytes)
  const other = OTHERS.find(({ marks }) => marks.some((mark) => startsWith(bytes, mark)))
  if (other !== undefined) return refuse(`The file is ${other.name}`, other.remedy)
  return readText(bytes)
}

const ZIP = [0x50, 0x4b, 0x03, 0x04]
const AS_XLSX = 'Open it in a spreadsheet program and save it as .xlsx or CSV.'
const codes = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0))
const OTHERS = [
  {
    marks: [[0xd0, 0xcf, 0x11, 0xe0]],
    name: 'an old Excel file, or one with a password',
    remedy: 'Open it in a spreadsheet program and save it as .xlsx without a password.',
  },
  {
    marks: [codes('%PDF'), codes('{\\rtf')],
    name: 'a document, not a table',
    remedy: 'Ask whoever made it for the spreadsheet, and import that.',
  },
  {
    marks: [[0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff], codes('GIF8')],
    name: 'a picture',
    remedy: 'Ask whoever made it for the spreadsheet, and import that.',
  },
  {
    marks: [codes('<html'), codes('<!doc'), codes('<!DOC'), codes('<HTML'), codes('<?xml')],
    name: 'a web page or XML',
    remedy: AS_XLSX,
  },
  {
    marks: [[0x50, 0x4b, 0x05, 0x06], [0x1f, 0x8b], codes('Rar!'), codes('7z')],
    name: 'packed and empty, or packed in a way that is not read',
    remedy: 'Unpack it and import the list.',
  },
]

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte)
}

function readText(bytes: Uint8Array): Read {
  const decoded = decode(bytes)
  if ('refusal' in decoded) return decoded
  const { text, findings } = decoded
  if (text.trim() === '') return refuse('The file is empty', 'Export the list again.')
  if (/^\s*(?:\{|\[(?=\s*[[{"\]]))/u.test(text)) {
    const read = readJson(text)
    return 'refusal' in read ? read : { kind: 'foreign', foreign: { kind: 'json', ...read } }
  }
  const grid = readDelimited(text)
  if ('refusal' in grid) return grid
  return { kind: 'tables', format: 'CSV', grids: [{ ...grid, findings }] }
}

async function readPacked(bytes: Uint8Array): Promise<Read> {
  const names = new Set<string>()
  const unpacked = unpack(bytes, (path) => {
    names.add(path)
    return isOfTable(path) || isOfPackage(path)
  })
  if ('refusal' in unpacked) return unpacked
  if (names.has('word/document.xml') || names.has('ppt/presentation.xml'))
    return refuse('The file is a document, not a table', 'Copy its table into a spreadsheet and import that.')
  if (names.has('mimetype') && names.has('content.xml'))
    return refuse('The file is an OpenDocument file', AS_XLSX)
  if (names.has('xl/workbook.bin')) return refuse('The file is an .xlsb', AS_XLSX)
  if (!names.has('xl/workbook.xml')) return readPackage(unpacked.files)
  for (const path of unpacked.files.keys()) if (!isOfTable(path)) unpacked.files.delete(path)
  const sheets = await readSheets(unpacked.files)
  return 'refusal' in sheets ? sheets : { kind: 'tables', format: 'XLSX', grids: sheets }
}

/** Tables and JSON; a package holds readmes and pictures as well. */
function isOfPackage(path: string): boolean {
  return /\.(?:csv|json|tsv)$/iu.test(path) && !/(?:^|\/)(?:__MACOSX\/|\.)/u.test(path)
}

function readPackage(files: ReadonlyMap<string, Uint8Array>): Read {
  const texts = new Map<string, string>()
  let bytes = 0
  for (const [path, content] of files) {
    if (!isOfPackage(path)) continue
    bytes += content.length
    if (bytes > MOST_UNPACKED) return tooMuchPacked()
    const decoded = decode(content)
    if ('refusal' in decoded)
      return refuse(
        'A file of the package is no text',
        'Export the package again, with tables as CSV in UTF-8.',
      )
    if (path.toLowerCase().endsWith('.json')) {
      const read = readJson(decoded.text)
      if ('refusal' in read) return read
    }
    texts.set(path, decoded.text)
  }
  if (texts.size === 0)
    return refuse('The package holds no table and no JSON', 'Unpack it and import the list itself.')
  return { kind: 'foreign', foreign: { kind: 'package', files: texts } }
}
