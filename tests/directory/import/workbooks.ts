import { deflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'

/** Workbooks that no spreadsheet program writes. */

const text = (content: string) => new TextEncoder().encode(content)

/** One sheet of these rows, as XML. */
export function workbookOf(rows: string): Uint8Array {
  return zipSync({
    'xl/workbook.xml': text(
      '<workbook xmlns:r="r"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': text(
      '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': text(`<worksheet><sheetData>${rows}</sheetData></worksheet>`),
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
