import {
  type Author,
  type Edition,
  type EditionHead,
  KEPT_EDITIONS,
  type Proposal,
  type ProposalHead,
  type Publications,
  type Publishing,
} from '../../publications.ts'
import { pressed, unpressed } from '../../pressed.ts'
import { fromJson, toJson } from '../link/json.ts'
import { bytesOf, listOf, numberOf, type RedisLink, type Reply } from '../link/link.ts'
import { PROPOSE, PUBLISH, REFUSE } from './publication-scripts.ts'

/**
 * Editions and proposals in Redis or Valkey, shared by every process and the command line. Nothing is cached. All keys
 * carry the tag `{desk}`, so that a proposal leaves its list with the write that publishes it. When something goes live
 * "changed" is published, and nothing else.
 */
const key = (name: string) => Buffer.from(`{desk}:directory:${name}`)
const [STATE, PROPOSALS, PROPOSED] = [key('state'), key('proposals'), key('proposed')]
const CHANNEL = 'lantern:directory'

/** What the heads hold of an edition; who proposed it is known only when it is written. */
type KeptHead = Omit<EditionHead, 'by'>

export function openRedisPublications(link: RedisLink): Publications {
  const headsOf = (pack: string) => key(`heads:${pack}`)
  const contentsOf = (pack: string) => key(`contents:${pack}`)

  async function publish(wish: Publishing): ReturnType<Publications['publish']> {
    const { pack, base, by, at, about, backTo, proposal } = wish
    const content = await pressed(wish.content)
    const number = base + 1
    const head: KeptHead = {
      pack,
      number,
      at,
      approvedBy: by,
      about,
      ...(backTo === undefined ? {} : { backTo }),
    }
    const answer = await link.run(
      PUBLISH,
      [STATE, headsOf(pack), contentsOf(pack), PROPOSALS, PROPOSED],
      [
        pack,
        String(base),
        by,
        toJson(head),
        content,
        proposal === undefined ? '' : String(proposal),
        String(number - KEPT_EDITIONS),
        CHANNEL,
      ],
    )
    const said = bytesOf(answer).toString()
    return said === 'published' ? { number } : (said as 'stale' | 'samePerson' | 'gone')
  }

  async function headOf(pack: string, number: number): Promise<EditionHead | undefined> {
    const kept = headsOf(pack)
    const [head, by] = listOf(await link.at(kept, ['HMGET', kept, String(number), `${number}:by`]))
    return head === null || by === null ? undefined : headIn(head, by)
  }

  async function edition(pack: string, number: number): Promise<Edition | undefined> {
    const head = await headOf(pack, number)
    const contents = contentsOf(pack)
    const content = await link.at(contents, ['HGET', contents, String(number)])
    // Without either it was dropped between the two.
    if (head === undefined || content === null) return undefined
    return { ...head, content: await unpressed(bytesOf(content)) }
  }

  async function live(pack: string): Promise<Edition | undefined> {
    const last = await link.at(STATE, ['HGET', STATE, `last:${pack}`])
    return last === null ? undefined : edition(pack, numberOf(last))
  }

  async function heads(): Promise<ProposalHead[]> {
    const fields = pairsIn(await link.at(PROPOSALS, ['HGETALL', PROPOSALS]))
    const found = fields.flatMap(([name, value]) => (/^\d+$/u.test(name) ? [proposalIn(name, value)] : []))
    return found.toSorted((a, b) => a.id - b.id)
  }

  return {
    async propose({ content, ...head }) {
      const words = [head.pack, head.by, toJson(head), await pressed(content)]
      return numberOf(await link.run(PROPOSE, [STATE, PROPOSALS, PROPOSED], words))
    },
    waiting: async (pack) => (await heads()).filter((one) => pack === undefined || one.pack === pack),
    async proposal(id): Promise<Proposal | undefined> {
      const head = await link.at(PROPOSALS, ['HGET', PROPOSALS, String(id)])
      const content = await link.at(PROPOSED, ['HGET', PROPOSED, String(id)])
      if (head === null || content === null) return undefined
      return { ...proposalIn(String(id), head), content: await unpressed(bytesOf(content)) }
    },
    refuse: async (id) => (await link.run(REFUSE, [PROPOSALS, PROPOSED], [String(id)])) === 1,
    publish,
    async editions(pack) {
      const fields = new Map(pairsIn(await link.at(headsOf(pack), ['HGETALL', headsOf(pack)])))
      const found = [...fields].flatMap(([name, value]) => {
        const by = fields.get(`${name}:by`)
        return by === undefined ? [] : [headIn(value, by)]
      })
      return found.toSorted((a, b) => b.number - a.number)
    },
    edition,
    live,
    async version() {
      const version = await link.at(STATE, ['HGET', STATE, 'version'])
      return version === null ? 0 : numberOf(version)
    },
    changedAnywhere(listener) {
      // One that is not heard is found by whoever asks for the version.
      void link.subscribe(CHANNEL, () => listener()).catch(() => {})
    },
    close: () => link.close(),
  }
}

/** How many processes of Lantern hear this server now: each hears from its start on when something goes live. */
export async function processesHearing(link: RedisLink): Promise<number> {
  const heard = await link.everywhere(['PUBLISH', CHANNEL, 'changed'])
  return heard.reduce<number>((sum, count) => sum + numberOf(count), 0)
}

function headIn(head: Reply | undefined, by: Reply | undefined): EditionHead {
  return { ...fromJson<KeptHead>(bytesOf(head).toString()), by: bytesOf(by).toString() as Author }
}

function proposalIn(id: string, head: Reply): ProposalHead {
  return { ...fromJson<Omit<ProposalHead, 'id'>>(bytesOf(head).toString()), id: Number(id) }
}

function pairsIn(reply: Reply): [string, Reply][] {
  const flat = listOf(reply)
  return Array.from({ length: flat.length / 2 }, (_, n) => [
    bytesOf(flat[2 * n]).toString(),
    flat[2 * n + 1] ?? null,
  ])
}
