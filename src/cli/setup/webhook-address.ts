import { first, type Finding } from './finding.ts'

/**
 * The address that a platform shall call. Real platforms call https only; http is let through only where the platform
 * itself is a program on this machine, as in the tests.
 */
export function webhookAddress(
  publicUrl: string | undefined,
  apiUrl: string,
  channel: 'telegram' | 'whatsapp',
): { address: string } | { finding: Finding } {
  const wrong = (problem: string) => ({ finding: first('PUBLIC_URL', problem, REMEDY) })
  if (publicUrl === undefined) return wrong('is missing, and the platform must know where to bring messages')
  const url = new URL(publicUrl)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return wrong('holds more than an address')
  if (url.protocol !== 'https:' && !isOnThisMachine(apiUrl))
    return wrong('does not begin with https, so messages would travel unlocked')
  if (channel === 'telegram' && url.protocol === 'https:' && !TELEGRAM_PORTS.has(url.port))
    return wrong('has a port that Telegram does not call (only 443, 80, 88 and 8443)')
  return { address: `${url.origin}${url.pathname.replace(/\/+$/u, '')}/webhooks/${channel}` }
}

const REMEDY = 'Give the https address under which people reach this server, such as https://bot.example.org.'
/** `URL` leaves out 443 behind https. */
const TELEGRAM_PORTS = new Set(['', '80', '88', '8443'])

function isOnThisMachine(apiUrl: string): boolean {
  const { protocol, hostname } = new URL(apiUrl)
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}
