import { randomInt } from 'node:crypto'

/** Meta's question to a callback URL. undefined when it was answered as it must be, otherwise a sentence. */
export async function handshake(url: string, verifyToken: string): Promise<string | undefined> {
  const challenge = String(randomInt(100_000_000, 2_000_000_000))
  const asked = new URL(url)
  asked.searchParams.set('hub.mode', 'subscribe')
  asked.searchParams.set('hub.challenge', challenge)
  asked.searchParams.set('hub.verify_token', verifyToken)
  try {
    const response = await fetch(asked, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    const answer = await response.text()
    if (response.status !== 200) return `The callback URL answered ${response.status} instead of 200`
    return answer === challenge ? undefined : 'The callback URL did not answer with the bare challenge'
  } catch {
    return 'The callback URL could not be reached'
  }
}
