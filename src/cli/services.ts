/**
 * `lantern services`: the directory that the organisation keeps. A sheet comes in as a report first, then as a proposal that
 * another person publishes; what is published can be taken back, looked through for what must be dialled, and given out.
 */
interface Part {
  /** How it is called, behind `lantern services`. */
  usage: string
  load(): Promise<{ run(args: string[]): Promise<number> }>
}

const PARTS: Readonly<Record<string, Part>> = {}

export async function run([name = '', ...args]: string[]): Promise<number> {
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined
  if (part !== undefined) return (await part.load()).run(args)
  for (const [at, { usage }] of Object.values(PARTS).entries())
    console.error(`${at === 0 ? 'Usage: ' : '       '}npm run -s lantern -- services ${usage}`)
  return 1
}
