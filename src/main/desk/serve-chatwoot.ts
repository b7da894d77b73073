import type { FastifyInstance } from 'fastify'
import { serveWebhook } from '../../channels/webhook.ts'
import type { ChatwootSettings, Config } from '../../config.ts'
import { type Chatwoot, createChatwoot } from '../../handoff/chatwoot/create-chatwoot.ts'
import type { AlarmReason, ToPerson } from '../../handoff/handoff.ts'
import type { Environment } from '../../operations/environment.ts'
import type { Log } from '../../operations/log.ts'
import type { Counting } from '../../operations/metrics.ts'
import type { Vault } from '../../privacy/vault/vault.ts'
import type { CaseId } from '../../storage/cases.ts'
import type { Stores } from '../stores/stores.ts'

/** The cases that are answered in the organisation's Chatwoot, in a store of their own. */
export interface ChatwootHouseParts {
  config: Config
  settings: ChatwootSettings
  environment: Environment
  server: FastifyInstance
  stores: Pick<Stores, 'cases'>
  vault: Vault
  log: Log
  metrics: Counting
  toPerson: ToPerson
  alarm?: (id: CaseId, why: AlarmReason) => void
}

export interface ChatwootHouse {
  chatwoot: Chatwoot
  stop(): Promise<void>
}

export function serveChatwootHouse(parts: ChatwootHouseParts): ChatwootHouse {
  const { config, settings, environment, server, stores, vault, log, metrics, toPerson, alarm } = parts
  const cases = stores.cases('chatwoot')
  const chatwoot = createChatwoot({
    ...environment,
    cases,
    vault,
    log,
    config: settings,
    toPerson,
    serveWebhook,
    counted: (outcome) => metrics.webhook('chatwoot', outcome),
    retentionMs: config.caseDays * 24 * 3_600_000,
    ...(alarm === undefined ? {} : { alarm }),
  })
  chatwoot.routes(server)
  return {
    chatwoot,
    async stop() {
      await chatwoot.stop()
      await cases.close()
    },
  }
}
