import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import type { Clock, Instant } from '../../operations/environment.ts'
import { framed } from '../../privacy/sealing/framed.ts'
import type { Accounts, AuditAnchor, AuditHead, StoredAuditLine } from '../../storage/accounts.ts'
import type { GlassReason, Role } from '../wire.ts'

/**
 * What people did at the desk: ids and fixed words, to the hour, and nothing of what was said. Each line's mac covers
 * the mac before it, and the last line's number has a mac of its own, so that a line that was changed, taken out, put in
 * or cut off at the end is found by whoever holds the root key. It cannot show that the whole file was put back to an
 * older copy: docs/runbook.md says to keep the last number and its seal elsewhere. Old lines leave from the beginning;
 * what is left hangs on the mac of the last that left, which has a mac of its own too.
 */
export type AuditVerb =
  | 'account.disable'
  | 'account.enable'
  | 'account.recover'
  | 'account.role'
  | 'audit.export'
  | 'audit.prune'
  | 'case.accept'
  | 'case.breakGlass'
  | 'case.card'
  | 'case.claim'
  | 'case.close'
  | 'case.note'
  | 'case.offer'
  | 'case.open'
  | 'case.reject'
  | 'case.release'
  | 'case.write'
  | 'credential.add'
  | 'credential.remove'
  | 'directory.approve'
  | 'directory.back'
  | 'directory.check'
  | 'directory.propose'
  | 'directory.refuse'
  | 'forbidden'
  | 'invite.accept'
  | 'invite.make'
  | 'session.again'
  | 'session.end'
  | 'session.endAll'
  | 'session.endOther'
  | 'session.start'
  | 'tripwire'
/** Of breaking the glass, the reason; of another role, which one. */
export type AuditOutcome = 'done' | 'refused' | 'taken' | 'gone' | 'notYours' | 'full' | GlassReason | Role

export interface AuditEntry {
  /** An account's id, `operator` for the command line, `nobody` before a sign-in, `desk` for what it does by itself. */
  actor: string
  verb: AuditVerb
  /** An account's, case's, invite's, service's, proposal's or pack's id; empty when there is none. */
  subject?: string
  outcome?: AuditOutcome
}

export type Verdict = { kind: 'intact'; upTo: number } | { kind: 'broken'; at: number }

export interface Audit {
  /** Resolves when the line is on the disk. */
  note(entry: AuditEntry): Promise<void>
  verify(): Promise<Verdict>
  /** Lines from before `until` leave, except the newest; one line says up to which. Resolves to how many left. */
  prune(until: Instant): Promise<number>
}

const AT_ONCE = 500
const NOTHING = new Uint8Array(32)

export function createAudit(accounts: Accounts, key: KeyObject, clock: Clock): Audit {
  const isSame = (a: Uint8Array, b: Uint8Array) => a.length === b.length && timingSafeEqual(a, b)

  async function note({ actor, verb, subject = '', outcome = 'done' }: AuditEntry): Promise<void> {
    const hour = hourOf(clock.now())
    await accounts.appendAudit((last) => {
      const line = { seq: (last?.seq ?? 0) + 1, hour, actor, verb, subject, outcome }
      const mac = macOf(key, line, last?.mac ?? NOTHING)
      return { line: { ...line, mac }, head: headOf(key, line.seq, mac) }
    })
  }

  /** Where the chain begins; undefined for an anchor that is not ours. */
  async function start(): Promise<{ seq: number; mac: Uint8Array } | undefined> {
    const anchor = await accounts.auditAnchor()
    if (anchor === undefined) return { seq: 0, mac: NOTHING }
    return isSame(anchor.seal, anchorAt(key, anchor).seal) ? anchor : undefined
  }

  async function read(): Promise<Verdict> {
    const begins = await start()
    if (begins === undefined) return { kind: 'broken', at: (await accounts.auditFrom(1, 1))[0]?.seq ?? 1 }
    let before = begins.mac
    let upTo = begins.seq
    const [first] = await accounts.auditFrom(Number.MIN_SAFE_INTEGER, 1)
    // Nothing hangs on a line from before the beginning, so it proves nothing, and it would be read with the others.
    if (first !== undefined && first.seq <= upTo) return { kind: 'broken', at: first.seq }
    for (;;) {
      const lines = await accounts.auditFrom(upTo + 1, AT_ONCE)
      for (const line of lines) {
        const isNext = line.seq === upTo + 1 && isSame(line.mac, macOf(key, line, before))
        if (!isNext) return { kind: 'broken', at: upTo + 1 }
        before = line.mac
        upTo = line.seq
      }
      if (lines.length < AT_ONCE) break
    }
    // Read last: lines that are added meanwhile make the head run ahead, never behind.
    const head = await accounts.auditHead()
    if (head === undefined) return upTo === 0 ? { kind: 'intact', upTo } : { kind: 'broken', at: upTo + 1 }
    const atHead = head.seq === upTo ? before : (await accounts.auditFrom(head.seq, 1))[0]?.mac
    const isOurs = atHead !== undefined && isSame(head.mac, headOf(key, head.seq, atHead).mac)
    return isOurs && head.seq >= upTo ? { kind: 'intact', upTo } : { kind: 'broken', at: upTo + 1 }
  }

  return {
    note,

    async prune(until) {
      // Lines whose hour was changed to an old one are to be found, not to be let go of.
      if ((await read()).kind === 'broken') return 0
      let upTo = 0
      const left = await accounts.pruneAudit(hourOf(until), (last) => {
        upTo = last.seq
        return anchorAt(key, last)
      })
      if (left > 0) await note({ actor: 'desk', verb: 'audit.prune', subject: String(upTo) })
      return left
    },

    async verify() {
      for (;;) {
        const before = await accounts.auditAnchor()
        const verdict = await read()
        // Lines that leave while it is read look like lines that are missing.
        const after = await accounts.auditAnchor()
        if (verdict.kind === 'intact' || before?.seq === after?.seq) return verdict
      }
    },
  }
}

function macOf(key: KeyObject, line: Omit<StoredAuditLine, 'mac'>, before: Uint8Array): Uint8Array {
  const { seq, hour, actor, verb, subject, outcome } = line
  const parts = framed(['lantern1/audit', String(seq), hour, actor, verb, subject, outcome, before])
  return new Uint8Array(createHmac('sha256', key).update(parts).digest())
}

function headOf(key: KeyObject, seq: number, mac: Uint8Array): AuditHead {
  const parts = framed(['lantern1/audit/head', String(seq), mac])
  return { seq, mac: new Uint8Array(createHmac('sha256', key).update(parts).digest()) }
}

function anchorAt(key: KeyObject, { seq, mac }: Pick<AuditAnchor, 'seq' | 'mac'>): AuditAnchor {
  const parts = framed(['lantern1/audit/anchor', String(seq), mac])
  return { seq, mac, seal: new Uint8Array(createHmac('sha256', key).update(parts).digest()) }
}

function hourOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 13)}:00Z`
}
