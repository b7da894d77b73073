/**
 * Reads a bot command as the words it stands for, so that `/exit` from Telegram's menu is the same as "exit" typed by
 * hand. The Start button is a greeting; what a link put behind it was not said by her and is dropped.
 */
export function readText(text: string): string {
  const [, name, rest] = /^\/([a-z][a-z0-9_]{0,31})(?:@\w+)?(?:\s+([\s\S]*))?$/i.exec(text) ?? []
  if (name === undefined) return text
  if (name.toLowerCase() === 'start') return 'hello'
  const words = name.replaceAll('_', ' ')
  return rest === undefined || rest === '' ? words : `${words} ${rest}`
}
