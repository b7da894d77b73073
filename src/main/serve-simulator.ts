import type { FastifyInstance } from 'fastify'
import type { Look } from '../../flows/context.ts'
import type { Channel, ChannelName, ReadVoice, Receive } from '../channels/channel.ts'
import { createSimulator, type Inspect } from '../channels/simulator/create-simulator.ts'
import type { Config } from '../config.ts'
import type { Pack } from '../directory/pack/pack.ts'
import { StartRefused } from '../errors.ts'
import type { Environment } from '../operations/environment.ts'
import { pseudonym } from '../privacy/pseudonym.ts'
import type { Vault } from '../privacy/vault/vault.ts'
import type { Conversations } from '../storage/conversations.ts'
import { openConversation } from '../turns/written/records.ts'

export interface SimulatorParts {
  config: Config
  server: FastifyInstance
  receive: Receive
  channels: Map<ChannelName, Channel>
  vault: Vault
  conversations: Conversations
  environment: Environment
  packs: readonly Pack[]
  readVoice: ReadVoice
}

/** The phone in the browser, where the settings want it. Returns what stops it. */
export function serveSimulator(parts: SimulatorParts): () => void {
  const { config, server, receive, channels, vault, conversations, environment, packs, readVoice } = parts
  if (!config.simulator) return () => {}
  const inspect: Inspect = async (address, _look: Look) => {
    for (const pepper of await vault.peppers()) {
      const stored = await conversations.load(pseudonym(pepper, 'simulator', address))
      if (stored === undefined) continue
      const key = await vault.open(stored.keyId)
      const conversation = key === undefined ? undefined : openConversation(key, stored)
      if (conversation === undefined) return undefined
      return {
        state: conversation.state,
        context: conversation.context,
        stored: [stored.sealed],
        outboxWaiting: await conversations.waiting(stored.id),
        revision: stored.revision,
      }
    }
    return undefined
  }
  const places = packs.flatMap(({ areas }) =>
    areas.map(({ names, lat, lon }) => ({ name: names['en'] ?? '', lat, lon })),
  )
  const simulator = createSimulator({
    receive,
    inspect,
    ...environment,
    host: config.host,
    readVoice,
    places,
    desk: config.desk,
  })
  try {
    simulator.routes(server)
  } catch {
    throw new StartRefused('simulator.refused', [
      'SIMULATOR is on, but HOST is reachable from other machines. Set HOST=127.0.0.1 or SIMULATOR=off.',
    ])
  }
  channels.set('simulator', simulator.channel)
  return () => simulator.stop()
}
