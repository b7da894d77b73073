/** The beginning of an Ogg file with one Opus stream (RFC 3533, RFC 7845): enough for whoever looks what it is. */
export function aVoice({ channels = 1, size = 400 } = {}): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(19)
  head.write('OpusHead', 0, 'latin1')
  head.writeUInt8(1, 8)
  head.writeUInt8(channels, 9)
  head.writeUInt32LE(48_000, 12)
  const page = Buffer.alloc(28)
  page.write('OggS', 0, 'latin1')
  page.writeUInt8(2, 5)
  page.writeUInt8(1, 26)
  page.writeUInt8(head.length, 27)
  const bytes = new Uint8Array(size)
  bytes.set(Buffer.concat([page, head]))
  return bytes
}
