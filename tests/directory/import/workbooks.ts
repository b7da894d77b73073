import { deflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'

/** Workbooks that no spreadsheet program writes. */

const text = (content: string) => new TextEncoder().encode(content)

/** One sheet of these rows, as XML. */
export function workbookOf(rows: string): Uint8Array {
  return workbookOfSheets({ xml: `<sheetData>${rows}</sheetData>`, name: 'List' })
}

export function workbookOfSheets(...sheets: { xml: string; name?: string; state?: string }[]): Uint8Array {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'
  const entries = sheets.map(({ name, state }, at) => {
    const hidden = state === undefined ? '' : ` state="${state}"`
    return `<sheet name="${name ?? `Sheet ${at + 1}`}" sheetId="${at + 1}"${hidden} r:id="rId${at + 1}"/>`
  })
  const links = sheets.map(
    (_, at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="worksheets/sheet${at + 1}.xml"/>`,
  )
  return zipSync({
    'xl/workbook.xml': text(`<workbook xmlns:r="r"><sheets>${entries.join('')}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': text(`<Relationships>${links.join('')}</Relationships>`),
    ...Object.fromEntries(
      sheets.map(({ xml }, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        text(`<worksheet>${xml}</worksheet>`),
      ]),
    ),
  })
}

/** A zip of one worksheet that unpacks to so many MB and says that it has ten bytes. */
export function lyingZip(megabytes: number): Uint8Array {
  const name = text('xl/worksheets/sheet1.xml')
  const packed = deflateRawSync(new Uint8Array(megabytes * 1024 * 1024))
  const header = (signature: number, length: number) => {
    const bytes = new DataView(new ArrayBuffer(length))
    bytes.setUint32(0, signature, true)
    return bytes
  }
  const local = header(0x04034b50, 30)
  local.setUint16(4, 20, true)
  local.setUint16(8, 8, true)
  local.setUint32(18, packed.length, true)
  local.setUint32(22, 10, true)
  local.setUint16(26, name.length, true)
  const central = header(0x02014b50, 46)
  central.setUint16(10, 8, true)
  central.setUint32(20, packed.length, true)
  central.setUint32(24, 10, true)
  central.setUint16(28, name.length, true)
  const start = 30 + name.length + packed.length
  const end = header(0x06054b50, 22)
  end.setUint16(8, 1, true)
  end.setUint16(10, 1, true)
  end.setUint32(12, 46 + name.length, true)
  end.setUint32(16, start, true)
  const bytes = (view: DataView) => new Uint8Array(view.buffer as ArrayBuffer)
  return Uint8Array.from(Buffer.concat([bytes(local), name, packed, bytes(central), name, bytes(end)]))
}
