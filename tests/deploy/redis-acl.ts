import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { pathOf, REDIS } from '../system-programs.ts'

/** A file of users with this password. WAITAOF came with 7.2: an older server does not know the word. */
export function aclWith(password: string, acl: string): string {
  const said = spawnSync(pathOf(REDIS) ?? '', ['--version'], { encoding: 'utf8' }).stdout
  const [, major = '0', minor = '0'] = /v=(\d+)\.(\d+)/u.exec(said) ?? []
  const isOld = Number(major) === 7 && Number(minor) < 2
  const hash = createHash('sha256').update(password).digest('hex')
  return (isOld ? acl.replace(' +waitaof', '') : acl).replace('PASSWORD_SHA256', hash)
}
