import type { Config } from '../../config.ts'
import { StartRefused } from '../../errors.ts'

/** For commands that read or write the files of this machine: with servers there are none. */
export function onFiles(config: Config, command: string, instead: string): Config {
  if (config.redis === undefined) return config
  throw new StartRefused('server.refused', [
    `STORAGE_URL names a server, and "lantern ${command}" works on files. ${instead}`,
  ])
}
