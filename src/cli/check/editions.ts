import { readdirSync } from 'node:fs'
import { readConfig } from '../../config.ts'
import { changesBetween } from '../../directory/publishing/changes.ts'
import { checkPack } from '../../directory/checks/check-pack.ts'
import { servicesIn, whyUnreadable } from '../../directory/publishing/edition-content.ts'
import { todayIn } from '../../directory/checks/freshness.ts'
import type { Pack } from '../../directory/pack/pack.ts'
import { serviceFaults } from '../../directory/checks/service-faults.ts'
import type { Instant } from '../../operations/environment.ts'
import type { Edition } from '../../storage/publications.ts'
import { openPublicationsAlone } from '../../main/publishing.ts'
import { StartRefused } from '../../errors.ts'
import { mayHoldEditions } from '../live-packs.ts'
import { checkPacks } from './packs.ts'
import type { Problem } from './problem.ts'

/**
 * The live editions, checked like the tables of packs, with the id of a service where a table has a row; and where the table
 * in a pack's folder is no longer what people see. Nothing is made where nothing was published.
 */
export interface CheckedDirectory {
  /** As they are served. */
  packs: readonly Pack[]
  problems: Problem[]
  /** Only worth knowing. */
  notes: Problem[]
}

/** Where the editions lie, as the settings say. */
const placeOf = (redis: unknown) => (redis === undefined ? 'directory.db' : 'STORAGE_URL')

export async function checkDirectory(
  folder: string,
  environment: Environment,
  now: Instant,
): Promise<CheckedDirectory> {
  const { live, refused } = await readEditions(environment, readdirSync(folder))
  const read = readConfig(environment)
  const { packs, problems, notes } = checkPacks(folder, now, {
    published: (pack) => live.has(pack),
    named: 'config' in read ? read.config.packs : [],
  })
  const place = placeOf('config' in read ? read.config.redis : undefined)
  const checked = packs.map((pack) => checkEdition(pack, live.get(pack.id), { place, now }))
  return {
    packs: checked.map(({ pack }) => pack),
    problems: [...problems, ...refused, ...checked.flatMap((one) => one.problems)],
    notes: [...notes, ...checked.flatMap((one) => one.notes)],
  }
}

type Environment = Readonly<Record<string, string | undefined>>

async function readEditions(
  environment: Environment,
  packs: readonly string[],
): Promise<{ live: ReadonlyMap<string, Edition>; refused: Problem[] }> {
  const read = readConfig(environment)
  const live = new Map<string, Edition>()
  if (!('config' in read) || !mayHoldEditions(read.config)) return { live, refused: [] }
  try {
    const publications = await openPublicationsAlone(read.config)
    try {
      for (const pack of packs) {
        const edition = await publications.live(pack)
        if (edition !== undefined) live.set(pack, edition)
      }
    } finally {
      await publications.close()
    }
    return { live, refused: [] }
  } catch (error) {
    if (read.config.redis !== undefined && error instanceof StartRefused) {
      const [problem = ''] = error.lines
      const remedy = 'The editions that are live could not be checked.'
      return { live, refused: [{ file: 'STORAGE_URL', key: '', problem, remedy }] }
    }
    const problem =
      error instanceof StartRefused ? (error.lines[0] ?? '').replace('DATA_DIR: ', '') : 'cannot be opened'
    return {
      live,
      refused: [{ file: placeOf(undefined), key: '', problem, remedy: 'Look at DATA_DIR and its rights.' }],
    }
  }
}

function checkEdition(
  folder: Pack,
  edition: Edition | undefined,
  { place, now }: { place: string; now: Instant },
): { pack: Pack; problems: Problem[]; notes: Problem[] } {
  if (edition === undefined) return { pack: folder, problems: [], notes: [] }
  const file = `${place}, ${folder.id}, edition ${edition.number}`
  const services = servicesIn(edition.content)
  if (services === undefined) {
    const problem = whyUnreadable(edition.content)
    const remedy = `What was served before stays. "services back --pack ${folder.id}" goes back.`
    return { pack: folder, problems: [{ file, key: '', problem, remedy }], notes: [] }
  }
  const pack = { ...folder, services }
  const faults = services.flatMap((service) => serviceFaults(service, pack))
  const ofThePack = checkPack(pack, now).filter(({ row }) => row === undefined)
  const { services: changes } = changesBetween(folder.services, services, todayIn(folder, now))
  const isOther = changes.length > 0
  return {
    pack,
    problems: [
      ...faults.map(({ service, field, problem, remedy }) => ({
        file,
        key: [service, field].filter(Boolean).join(', '),
        problem,
        remedy,
      })),
      ...ofThePack
        // What the folder says of itself is told with the folder.
        .filter((problem) => problem.file === 'services.csv')
        .map(({ problem, remedy }) => ({ file, key: '', problem, remedy })),
    ],
    notes: isOther
      ? [
          {
            file: `packs/${folder.id}/services.csv`,
            key: '',
            problem: `is not what people see: edition ${edition.number} is, and ${changes.length === 1 ? '1 service differs' : `${changes.length} services differ`}`,
            remedy: 'To serve what stands in the table, import it and have it published.',
          },
        ]
      : [],
  }
}
