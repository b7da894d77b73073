import { ErrorReply } from '@redis/client'
import { StoreFailed } from '../../../errors.ts'

/** A server that could not do it. `code` is the first word of what it said, `AWAY`, or `UNREPLICATED`. */
export class RedisFailed extends StoreFailed {
  override readonly name = 'RedisFailed'
  readonly code: string

  constructor(code: string) {
    super(`the Redis server did not do it: ${code}`)
    this.code = code
  }
}

export function failed(error: unknown): RedisFailed {
  if (error instanceof RedisFailed) return error
  const isReply = error instanceof ErrorReply
  const [, code] = (isReply && /^([A-Z]+)\b/u.exec(error.message)) || []
  return new RedisFailed(code ?? (isReply ? 'ERR' : 'AWAY'))
}
