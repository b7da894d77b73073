import { readConfig } from '../../src/config.ts'
import { VARIABLES } from '../../src/config-variables.ts'

/** Names that Node and systemd read themselves. */
const NOT_OURS = new Set(['NODE_EXTRA_CA_CERTS', 'CREDENTIALS_DIRECTORY'])

/** As in a file of settings or as values of a chart: what each would be given. */
export function settingsOf(pairs: Iterable<readonly [string, unknown]>): Record<string, string> {
  return Object.fromEntries([...pairs].map(([name, value]) => [name, String(value)]))
}

export function unknownSettings(settings: Readonly<Record<string, string>>): string[] {
  return Object.keys(settings).filter((name) => !(name in VARIABLES) && !NOT_OURS.has(name))
}

export function linesOf(text: string): Record<string, string> {
  return settingsOf(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.indexOf('=')
        if (at < 1) throw new Error('not a line of settings')
        return [line.slice(0, at), line.slice(at + 1)] as const
      }),
  )
}

/** Tokens as the platforms would give them; none is anybody's. */
export const TOKENS = {
  TELEGRAM_BOT_TOKEN: `1234567890:${'x'.repeat(35)}`,
  TELEGRAM_WEBHOOK_SECRET: 'a-secret-of-the-test-0123456789',
  WHATSAPP_ACCESS_TOKEN: 'x'.repeat(40),
  WHATSAPP_APP_SECRET: '0'.repeat(32),
  WHATSAPP_VERIFY_TOKEN: 'a-verify-token-of-the-test',
  WHATSAPP_PHONE_NUMBER_ID: '111222',
}

/** What the start would say of these settings; nothing where it would start. */
export function faultsIn(settings: Readonly<Record<string, string>>): string[] {
  const read = readConfig(settings)
  return 'faults' in read ? read.faults.map(({ variable, problem }) => `${variable} ${problem}`) : []
}
