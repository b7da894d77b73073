import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify from 'fastify'
import { onTestFinished } from 'vitest'
import { serveWebhook } from '../../../src/channels/webhook.ts'
import type { CaseRequest } from '../../../src/conversation/conversation.ts'
import {
  type Chatwoot,
  type ChatwootParts,
  createChatwoot,
} from '../../../src/handoff/chatwoot/create-chatwoot.ts'
import type { CaseLink } from '../../../src/handoff/handoff.ts'
import { rootKey } from '../../../src/privacy/vault/root-key.ts'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { openSqliteVault } from '../../../src/privacy/vault/sqlite-vault.ts'
import type { Vault } from '../../../src/privacy/vault/vault.ts'
import type { CaseId, Cases, EntryId } from '../../../src/storage/cases.ts'
import { openSqliteCases } from '../../../src/storage/sqlite/sqlite-cases.ts'
import type { FakeContact, FakeConversation } from '../../fakes/chatwoot/account.ts'
import { type FakeChatwoot, startFakeChatwoot } from '../../fakes/chatwoot/fake-chatwoot.ts'
import { aPerson, newCase, newEntry, newLink, type Person, random, REQUEST, START } from '../handoff-house.ts'

/** Lantern's side on real files and a Chatwoot beside it, with a person and agents who can be directed. */
export const SECRETS = {
  inboxIdentifier: 'inbox-of-ours',
  hmacToken: 'an hmac token',
  webhookSecret: 'a webhook secret',
  accountId: 3,
  accessToken: 'an-access-token-0123456789',
}

export interface ChatwootHouse {
  chatwoot: Chatwoot
  fake: FakeChatwoot
  person: Person
  folder: string
  cases: Cases
  vault: Vault
  logged: string[]
  alarms: string[]
  clock: { now(): number; pass(ms: number): void }
  /** How often was waited for Chatwoot to delete. */
  pauses(): number
  asked(more?: Partial<CaseRequest>, link?: CaseLink, item?: EntryId): Promise<CaseId>
  says(id: CaseId, text: string, item?: EntryId): Promise<void>
  is(id: CaseId, presence: 'here' | 'left'): Promise<void>
  contact(id: CaseId): FakeContact
  conversation(id: CaseId): FakeConversation
  /** What agents see of it, in order: `0 hello` hers, `1 hello` theirs, `1 (note) hello`. */
  thread(id: CaseId): string[]
  post(body: string, headers: Record<string, string>): Promise<number>
  /** The process ends and another begins on the same files. */
  restart(): Promise<void>
  sweep(): Promise<void>
}

export async function openChatwoot(more: Partial<ChatwootParts> = {}): Promise<ChatwootHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'lantern-chatwoot-'))
  const root = rootKey(join(folder, 'root.key'), random)
  if (root.kind === 'refused') throw new Error(root.problem)
  const cases = openSqliteCases(join(folder, 'data'))
  const vault = openSqliteVault(join(folder, 'vault'), root.key)
  let now = START
  const clock = { now: () => now, pass: (ms: number) => void (now += ms) }
  const fake = await startFakeChatwoot(SECRETS, clock)
  const person = aPerson()
  const logged: string[] = []
  const alarms: string[] = []
  let pauses = 0
  const begin = () => {
    const chatwoot = createChatwoot({
      cases,
      vault,
      clock,
      random,
      log: { event: (code, fields = {}) => void logged.push(`${code} ${JSON.stringify(fields)}`) },
      toPerson: person,
      serveWebhook,
      config: {
        url: `${fake.url}/`,
        inboxIdentifier: SECRETS.inboxIdentifier,
        hmacToken: sensitive(SECRETS.hmacToken),
        webhookSecret: sensitive(SECRETS.webhookSecret),
        accountId: SECRETS.accountId,
        accessToken: sensitive(SECRETS.accessToken),
      },
      alarm: (id, why) => void alarms.push(`${id} ${why}`),
      pause: () => {
        pauses += 1
        return Promise.resolve()
      },
      ...more,
    })
    const server = fastify()
    chatwoot.routes(server)
    return { chatwoot, server }
  }
  let running = begin()
  const post = async (payload: string, headers: Record<string, string>) =>
    (await running.server.inject({ method: 'POST', url: '/webhooks/chatwoot', payload, headers })).statusCode
  fake.webhooks.to(post)
  onTestFinished(async () => {
    await fake.webhooks.idle()
    await running.chatwoot.stop()
    await running.server.close()
    await fake.stop()
    await cases.close()
    await vault.close()
    rmSync(folder, { recursive: true })
  })
  const contact = (id: CaseId) => {
    const found = Array.from(fake.account.contacts.values()).find(({ identifier }) => identifier === id)
    if (found === undefined) throw new Error('Chatwoot has no such contact')
    return found
  }
  const conversation = (id: CaseId) => {
    const found = Array.from(fake.account.conversations.values()).find(
      (one) => one.contact === contact(id).id,
    )
    if (found === undefined) throw new Error('Chatwoot has no such conversation')
    return found
  }
  return {
    get chatwoot() {
      return running.chatwoot
    },
    fake,
    person,
    folder,
    cases,
    vault,
    logged,
    alarms,
    clock,
    pauses: () => pauses,
    async asked(request = {}, link = newLink(), item = newEntry()) {
      const opened = await running.chatwoot.opened({
        id: item,
        case: newCase(),
        link,
        request: { ...REQUEST, ...request },
        at: now,
      })
      if (opened.kind !== 'opened' && opened.kind !== 'known') throw new Error(opened.kind)
      return opened.case
    },
    says: (id, text, item = newEntry()) =>
      running.chatwoot.personWrote({ id: item, case: id, text: sensitive(text), at: now }),
    async is(id, presence) {
      now += 1
      await running.chatwoot.presence({ id: newEntry(), case: id, presence, at: now })
    },
    contact,
    conversation,
    thread: (id) =>
      fake.account
        .of(conversation(id).id)
        .map((one) => `${one.type}${one.private ? ' (note)' : ''} ${one.content ?? ''}`),
    post,
    async restart() {
      await fake.webhooks.idle()
      await running.chatwoot.stop()
      await running.server.close()
      running = begin()
      await running.chatwoot.sweepOrphans()
      await running.chatwoot.start()
      await running.chatwoot.stop()
      running = begin()
      await running.chatwoot.start()
    },
    sweep: async () => {
      await fake.webhooks.idle()
      await running.chatwoot.sweep(now)
      await fake.webhooks.idle()
    },
  }
}

export const canary = () => `canary ${randomBytes(9).toString('hex')}`
