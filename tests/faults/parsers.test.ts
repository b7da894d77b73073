import { describe, expect, it } from 'vitest'
import { readMutatedUpdates } from '../channels/telegram/mutants.ts'
import { readMutatedFixtures } from '../channels/whatsapp/mutants.ts'

/** Both parsers over damaged payloads: no uncaught error, and none takes longer than 50 ms. `RUNS` for fewer. */
const RUNS = Number(process.env['RUNS'] ?? 100_000)

describe(`${RUNS.toLocaleString('en')} damaged payloads`, () => {
  it(
    "are read by WhatsApp's parser without a fault",
    () => expect(readMutatedFixtures(RUNS)).toEqual([]),
    1_800_000,
  )
  it("are read by Telegram's parser without a fault", () => readMutatedUpdates(RUNS), 1_800_000)
})
