import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import type { Pack } from '../directory/pack/pack.ts'
import { StartRefused } from '../errors.ts'
import { loadPacks } from '../main/packs.ts'
import { countersOnServer } from '../main/stores/redis-stores.ts'
import { readSettings } from '../main/settings.ts'
import { gridOf } from '../main/desk/statistics-grid.ts'
import { countersBeside } from '../storage/sqlite/rows-beside.ts'
import { lastShown, MONTH, type Month } from '../statistics/months.ts'
import { monthsShown, release } from '../statistics/release.ts'
import type { Counter } from '../statistics/tables.ts'
import { HOUSE } from './house.ts'
import { asText } from './stats/as-text.ts'
import { hxlOf, type Place } from './stats/hxl.ts'

/**
 * `lantern stats`: what may be shown of a month, the latest that may be shown where none is named. It reads the counters
 * beside the running service and writes nothing to them.
 */
export async function run(args: string[], now: number = Date.now()): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error(USAGE)
    return 1
  }
  try {
    const config = readSettings(process.env)
    return show(config, await countersOf(config), wish, now)
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    for (const line of error.lines) console.error(line)
    return 1
  }
}

const USAGE = 'Usage: npm run -s lantern -- stats [--month 2026-09] [--hxl FILE | --hxl -]'

interface Wish {
  month: Month | undefined
  hxl: string | undefined
}

function wished(args: string[]): Wish | undefined {
  try {
    const { values } = parseArgs({ args, options: { month: { type: 'string' }, hxl: { type: 'string' } } })
    const { month, hxl } = values
    return month !== undefined && !MONTH.test(month) ? undefined : { month, hxl }
  } catch {
    return undefined
  }
}

async function countersOf({ redis, dataDir }: Config): Promise<Counter[]> {
  return redis === undefined ? countersBeside(dataDir) : countersOnServer(redis)
}

function show(config: Config, counters: readonly Counter[], wish: Wish, now: number): number {
  const latest = lastShown(now)
  const month = wish.month ?? monthsShown(counters, now)[0] ?? latest
  const packs = loadPacks(join(HOUSE, 'packs'), config)
  const released = release(counters, { month, grid: gridOf(config, packs), now })
  if (released === undefined) {
    console.error(`It is too early for ${month}: the latest month that is shown now is ${latest}.`)
    return 1
  }
  if (wish.hxl === undefined) {
    console.log(asText(month, released, (area) => placeIn(packs, area).name))
    return 0
  }
  const table = hxlOf(month, released, (area) => placeIn(packs, area))
  // To whoever asked, where the user of the service may write nowhere.
  if (wish.hxl === '-') {
    process.stdout.write(table)
    return 0
  }
  try {
    writeFileSync(wish.hxl, table)
  } catch (error) {
    console.error(`${wish.hxl} cannot be written: ${error instanceof Error ? error.message : ''}.`)
    return 1
  }
  console.log(`What may be shown of ${month} is in ${wish.hxl}.`)
  return 0
}

function placeIn(packs: readonly Pack[], area: string): Place {
  const [packId, code = ''] = area.split('/')
  const pack = packs.find(({ id }) => id === packId)
  const names = pack?.areas.find(({ id }) => id === code)?.names ?? {}
  return { country: pack?.country ?? '', code, name: names['en'] ?? Object.values(names)[0] ?? code }
}
