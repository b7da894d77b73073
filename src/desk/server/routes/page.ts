import { z } from 'zod'
import { LANGUAGES } from '../../languages.ts'
import type { Desk } from '../desk.ts'
import type { Registrar } from '../http/registrar.ts'
import { refuse, type Reply } from '../http/reply.ts'

/** The page's files, and the line on which it hears what changed. */
export interface DeskFiles {
  html: string
  script: string
  style: string
  icon: string
  /** Scripts that the first one imports, by name. */
  parts?: Readonly<Record<string, string>>
  /** By language, and those of the directory's view by `directory/` and the language. */
  words: Readonly<Record<string, string>>
  /** Its hash, which the page sends with each call. */
  build?: string
}

const anything = z.looseObject({})

export function pageRoutes({ open, route }: Registrar, desk: Desk, files: () => Promise<DeskFiles>): void {
  file('/', 'text/html; charset=utf-8', ({ html }) => html)
  file('/page.js', 'text/javascript; charset=utf-8', ({ script }) => script)
  file('/page.css', 'text/css; charset=utf-8', ({ style }) => style)
  file('/icon.svg', 'image/svg+xml', ({ icon }) => icon)
  for (const { tag } of LANGUAGES)
    for (const name of [tag, `directory/${tag}`] as const)
      file(`/words/${name}.json`, 'application/json; charset=utf-8', ({ words }) => words[name] ?? '{}')

  open({
    method: 'GET',
    path: '/parts/:name',
    roles: 'public',
    params: z.strictObject({ name: z.string().regex(/^[\w-]{1,80}\.js$/u) }),
    async handler({ params: { name } }): Promise<Reply> {
      const text = await files().then(
        ({ parts = {} }) => (Object.hasOwn(parts, name) ? parts[name] : undefined),
        () => undefined,
      )
      return text === undefined
        ? refuse('gone')
        : { kind: 'file', type: 'text/javascript; charset=utf-8', text }
    },
  })

  route({
    method: 'GET',
    path: '/api/events',
    roles: 'anySession',
    handler({ session, me, request, reply }): Reply {
      const last = request.headers['last-event-id']
      const lives = desk.sessions.lives
      desk.events.open(reply, { session, role: me.role, lives }, typeof last === 'string' ? last : undefined)
      return { kind: 'stream' }
    },
  })

  function file(path: `/${string}`, type: string, pick: (all: DeskFiles) => string): void {
    open({
      method: 'GET',
      path,
      roles: 'public',
      // Whatever a link brings along: nothing of it is read.
      query: anything,
      async handler(): Promise<Reply> {
        try {
          return { kind: 'file', type, text: pick(await files()) }
        } catch {
          return refuse('unavailable')
        }
      },
    })
  }
}
