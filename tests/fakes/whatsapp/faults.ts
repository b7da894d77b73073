import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { isObject, type Payload, refuse, write } from './graph-answer.ts'
import type { SendKind } from './message-rules.ts'

/** What can be made to go wrong with a send, before the rules look at it. */
export type Fault =
  /** An error of Meta's; retryAfter, in seconds, goes into the Retry-After header. */
  | { kind: 'error'; status: number; code: number; retryAfter?: number }
  /** A proxy's page instead of Meta's JSON. */
  | { kind: 'html'; status: number }
  /** 200 with JSON that breaks off. */
  | { kind: 'garbage' }
  /** 200 with JSON that is whole but not Meta's. */
  | { kind: 'foreign'; body: unknown }
  | { kind: 'redirect'; to: string }
  /** The line is cut before the message was taken. */
  | { kind: 'cut' }
  /** The line is cut after it was taken, before the answer. */
  | { kind: 'cutAfter' }
  /** Carried out after so long; `begun` is called when it came in. */
  | { kind: 'slow'; ms: number; begun?: () => void }
  /** Never answered. */
  | { kind: 'silent' }

/** '*': any send. Digits: those to this phone. Otherwise those of this kind. */
export type FaultTarget = '*' | 'receipt' | SendKind | `${number}`

export function isMeant(target: FaultTarget, body: Payload): boolean {
  const { interactive, type } = body
  const kind = isObject(interactive) ? interactive['type'] : Object.hasOwn(body, 'status') ? 'receipt' : type
  return target === '*' || target === kind || target === body['to']
}

/** Whether the send is carried out after all. */
export async function carriesOn(
  fault: Fault,
  response: ServerResponse,
  gone: Promise<void>,
): Promise<boolean> {
  switch (fault.kind) {
    case 'error': {
      const answer = refuse(fault.code, 'Ordered by the test', fault.status)
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', String(fault.retryAfter))
      write(response, answer.status, answer.body)
      return false
    }
    case 'html':
      response
        .writeHead(fault.status, { 'content-type': 'text/html' })
        .end('<html><h1>Bad Gateway</h1></html>')
      return false
    case 'garbage':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"messaging_product":"whats')
      return false
    case 'foreign':
      write(response, 200, fault.body)
      return false
    case 'redirect':
      response.writeHead(302, { location: fault.to }).end()
      return false
    case 'cut':
      response.destroy()
      return false
    case 'silent':
      await gone
      return false
    case 'slow':
      fault.begun?.()
      await sleep(fault.ms)
      return true
    default:
      return true
  }
}
