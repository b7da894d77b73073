/** What the Bot API takes and answers. */
export type ApiResult =
  | { ok: true; result: unknown }
  | { ok: false; error_code: number; description: string; parameters?: { retry_after: number } }

export type Payload = Record<string, unknown>

export function accept(result: unknown): ApiResult {
  return { ok: true, result }
}

export function refuse(error_code: number, description: string): ApiResult {
  return { ok: false, error_code, description }
}

export function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
