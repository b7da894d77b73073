import { appendFileSync, readFileSync } from 'node:fs'

/**
 * The named points of the real program: before and after each call of a port that writes or sends. This runs inside the
 * program's process, which a test starts with `--import register.ts`; the program itself knows nothing of it. Points are
 * counted anew from each SIGUSR2 that the test sends; at the one that stands in a file then (`12 kill`), the process kills
 * itself, or the call fails.
 */
export type Ill =
  /** SIGKILL. */
  | 'kill'
  /** The call of a store rejects: before it took effect, or after. */
  | 'reject'

const order = process.env['FAILPOINT'] ?? ''
const diary = process.env['FAILPOINT_DIARY'] ?? ''
let chosen = 0
let ill = ''
let count = 0

process.on('SIGUSR2', () => {
  const [point, what = ''] = readFileSync(order, 'utf8').split(' ')
  chosen = Number(point)
  ill = what
  count = 0
  appendFileSync(diary, 'armed\n')
})

/** Throws where the call is to fail. */
function reach(point: string, ills: readonly Ill[]): void {
  if (chosen === 0 || !ills.some((one) => one === ill)) return
  count += 1
  appendFileSync(diary, `${count} ${point}\n`)
  if (count !== chosen) return
  if (ill === 'kill') process.kill(process.pid, 'SIGKILL')
  throw Object.assign(new Error('the disk says no'), { code: 'EIO' })
}

type Call = (...args: never[]) => Promise<unknown>

/** The same port, with two points around each of these calls. */
export function watched<P extends object>(
  name: string,
  port: P,
  calls: readonly (keyof P & string)[],
  ills: readonly Ill[],
): P {
  const around = calls.map((call) => {
    const real = port[call] as Call
    const watchedCall = async (...args: never[]) => {
      reach(`before ${name}.${call}`, ills)
      const value = await real(...args)
      reach(`after ${name}.${call}`, ills)
      return value
    }
    return [call, watchedCall] as const
  })
  return { ...port, ...Object.fromEntries(around) }
}
