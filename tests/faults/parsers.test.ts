import { describe, expect, it } from 'vitest'
import { readMutatedUpdates } from '../channels/telegram/mutants.ts'
import { readMutatedFixtures } from '../channels/whatsapp/mutants.ts'
import { measured } from './table.ts'

/** Both parsers over damaged payloads: no uncaught error, and none takes longer than 50 ms. `RUNS` for fewer. */
const RUNS = Number(process.env['RUNS'] ?? 100_000)

describe(`${RUNS.toLocaleString('en')} damaged payloads`, () => {
  it("are read by WhatsApp's parser without a fault", (context) => {
    const faults = readMutatedFixtures(RUNS)
    measured(context, { measure: "damaged payloads, WhatsApp's parser", runs: RUNS, failures: faults.length })
    expect(faults).toEqual([])
  }, 1_800_000)

  it("are read by Telegram's parser without a fault", (context) => {
    let fault: unknown
    try {
      readMutatedUpdates(RUNS)
    } catch (error) {
      fault = error
    }
    const failures = fault === undefined ? 0 : 1
    measured(context, { measure: "damaged payloads, Telegram's parser", runs: RUNS, failures })
    if (fault !== undefined) throw fault
  }, 1_800_000)
})
