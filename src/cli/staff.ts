import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { createAudit } from '../desk/server/audit.ts'
import { baseOf } from '../desk/server/http/origin.ts'
import { deskKeys } from '../desk/server/keys.ts'
import { createStaff, inviteLink, type Staff, tidy } from '../desk/server/staff.ts'
import { type Role, ROLES } from '../desk/wire.ts'
import { StartRefused } from '../errors.ts'
import { openAccountsAlone } from '../main/stores/redis-stores.ts'
import { loadRoot } from '../main/stores/root.ts'
import { readSettings } from '../main/settings.ts'
import type { Accounts } from '../storage/accounts.ts'
import { openSqliteAccounts } from '../storage/sqlite/sqlite-accounts.ts'

/**
 * `lantern staff`: invite somebody to the desk, list who is there, disable an account. It works beside the running
 * service, on the same file: what it writes holds at the next request, and an open page is closed within half a minute.
 */
export async function run(args: string[]): Promise<number> {
  const wish = wished(args)
  if (wish === undefined) {
    console.error(USAGE)
    return 1
  }
  try {
    return await withDesk((desk) => {
      switch (wish.command) {
        case 'invite':
          return invite(desk, wish)
        case 'list':
          return list(desk)
        case 'disable':
          return disable(desk, wish.name)
      }
    })
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    for (const line of error.lines) console.error(line)
    return 1
  }
}

const USAGE = `Usage: npm run -s lantern -- staff invite --role ${ROLES.join('|')} --name NAME
       npm run -s lantern -- staff list
       npm run -s lantern -- staff disable --name NAME`

type Wish =
  | { command: 'invite'; role: Role; name: string }
  | { command: 'list' }
  | { command: 'disable'; name: string }

function wished(args: string[]): Wish | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { role: { type: 'string' }, name: { type: 'string' } },
      allowPositionals: true,
    })
    const [command, ...rest] = positionals
    if (rest.length > 0) return undefined
    if (command === 'list') return { command }
    const name = tidy(values.name ?? '')
    if (name === '' || name.length > 60) return undefined
    if (command === 'disable') return { command, name }
    const role = ROLES.find((known) => known === values.role)
    return command === 'invite' && role !== undefined ? { command, role, name } : undefined
  } catch {
    return undefined
  }
}

export interface DeskFile {
  accounts: Accounts
  staff: Staff
  audit: ReturnType<typeof createAudit>
  /** Where the desk is found. */
  base: string
}

/** Opens the desk's file with the settings of the service, and closes it again. */
export async function withDesk(work: (desk: DeskFile) => Promise<number>): Promise<number> {
  const config = readSettings(process.env)
  const environment = {
    clock: { now: () => Date.now() },
    random: { bytes: (length: number) => new Uint8Array(randomBytes(length)) },
  }
  const keys = deskKeys(loadRoot(config, environment.random))
  const accounts = config.redis === undefined ? opened(config.dataDir) : await openAccountsAlone(config.redis)
  try {
    return await work({
      accounts,
      staff: createStaff(accounts, keys, environment),
      audit: createAudit(accounts, keys.audit, environment.clock),
      base: baseOf(config.publicUrl, `http://127.0.0.1:${config.port}`),
    })
  } finally {
    await accounts.close()
  }
}

function opened(folder: string): DeskFile['accounts'] {
  try {
    return openSqliteAccounts(folder)
  } catch (error) {
    const reason = error instanceof Error && error.name === 'FileRefused' ? error.message : 'cannot be opened'
    throw new StartRefused('folder.unusable', [`DATA_DIR: ${reason}`])
  }
}

async function invite(
  { staff, audit, base }: DeskFile,
  { role, name }: { role: Role; name: string },
): Promise<number> {
  if ((await staff.byName(name)) !== undefined) {
    console.error('Somebody of this name has an account already.')
    return 1
  }
  const { id, token } = await staff.invite({ purpose: 'invite', role, name })
  await audit.note({ actor: 'operator', verb: 'invite.make', subject: id })
  console.log(inviteLink(base, token))
  console.error('The link works once, for 24 hours. Give it to nobody else.')
  return 0
}

async function list({ staff }: DeskFile): Promise<number> {
  for (const { name, role, disabled, lastDay } of await staff.list())
    console.log([role.padEnd(14), disabled ? 'disabled' : '        ', lastDay.padEnd(10), name].join('  '))
  for (const { name, role } of await staff.invites())
    console.log([role.padEnd(14), 'invited ', ' '.repeat(10), name].join('  '))
  return 0
}

async function disable({ staff, accounts, audit }: DeskFile, name: string): Promise<number> {
  const found = await staff.byName(name)
  if (found === undefined) {
    console.error('Nobody of this name has an account.')
    return 1
  }
  await accounts.change(found.id, { disabled: true })
  await audit.note({ actor: 'operator', verb: 'account.disable', subject: found.id })
  return 0
}
