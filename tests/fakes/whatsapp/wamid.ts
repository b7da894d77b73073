import { createHash, randomBytes } from 'node:crypto'

/**
 * A message id as Meta builds them: base64 of a small frame that holds the person's number in clear, so that a test
 * which looks for her number finds a stored wamid too. Random, so that a restarted fake repeats none.
 */
export function newWamid(phone: string, direction: 'in' | 'out'): string {
  const id = direction === 'in' ? `3A${hex(9)}` : hex(9)
  const frame = Buffer.concat([
    Buffer.from([0x1c, 0x18, phone.length]),
    Buffer.from(phone),
    Buffer.from([0x15, 0x02, 0x00, direction === 'in' ? 0x12 : 0x11, 0x18, id.length]),
    Buffer.from(id),
    Buffer.from([0x00]),
  ])
  return `wamid.${frame.toString('base64')}`
}

/** A business-scoped user id: the same for an owner of a number in every fake, and not to be read back to it. */
export function bsuidOf(owner: string): string {
  return `XX.${BigInt(`0x${createHash('sha256').update(owner).digest('hex').slice(0, 15)}`)}`
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex').toUpperCase()
}
