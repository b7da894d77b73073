/** What the endurance bench and the process of its people and its platform say to each other. */

export type Order =
  /** Where the service is reached from now on. */
  | { kind: 'servers'; addresses: readonly string[] }
  | { kind: 'learn' }
  | { kind: 'run'; seconds: number; messagesPerSecond: number }

export interface Endured {
  /** Webhook calls that were answered 200: messages and what became of the answers to them. */
  calls: number
  messages: number
  /** Milliseconds from the moment a call was due until it was answered 200, with all tries; sorted. */
  acknowledgements: number[]
  /** Milliseconds from there until the answer reached the platform; sorted. */
  answers: number[]
  /** Calls that were made again because a process was gone. */
  triedAgain: number
  /** Acknowledged, and no answer came. */
  lost: number
  reordered: number
  /** When an answer came again, in milliseconds since the start. */
  repeated: number[]
}

export type Heard = { ready: string } | { learnt: true } | { done: Endured } | { failed: string }
