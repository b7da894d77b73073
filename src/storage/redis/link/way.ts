import type { Single } from './connections.ts'

/** How commands come to a server: to one, to the primary that sentinels name, or to the one of a cluster where a key lies. */
export interface Way {
  /** Writes count once a replica has them. */
  isReplicated: boolean
  send(key: Buffer | undefined, words: Word[], writes: boolean): Promise<Reply>
  everywhere(words: Word[]): Promise<Reply[]>
  /** A connection of its own, for hearing. */
  listener(): Promise<Single>
  /** Calls back when what is heard comes from another server than before. */
  onMove?(listener: () => void): void
  close(): void
}

export type Word = string | Buffer
export type Reply = Buffer | number | string | null | Reply[]
