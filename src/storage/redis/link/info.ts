import { bytesOf, type RedisLink } from './link.ts'

/** What `INFO` says in one of its sections, of every primary. */
export async function infos(link: RedisLink, section: string): Promise<Map<string, string>[]> {
  return (await link.everywhere(['INFO', section])).map(
    (reply) =>
      new Map(
        bytesOf(reply)
          .toString()
          .split('\r\n')
          .flatMap((line) => {
            const at = line.indexOf(':')
            return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)] as const]
          }),
      ),
  )
}
