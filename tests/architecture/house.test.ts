import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  filesHaveKebabNames,
  importsGoOneWay,
  logLinesCarryNoText,
  noFileOnlyPassesOn,
  nothingImportsInCircles,
  onlyTheCommandLinePrints,
  onlyTheEdgesReadTheClock,
  onlyTheseReveal,
  thePurePartDoesNoIo,
} from './rules.ts'
import { filesOfTheHouse, readTree } from './tree.ts'

/** Where a withheld value may be read: sealing, reading what a person wrote, and sending. A new line needs a reason. */
const MAY_REVEAL = [
  'src/channels/intake.ts',
  'src/channels/simulator/create-simulator.ts',
  'src/channels/telegram/bot-api.ts',
  'src/channels/telegram/create-telegram.ts',
  'src/channels/telegram/delete-messages.ts',
  'src/channels/telegram/send-message.ts',
  'src/channels/whatsapp/graph-api.ts',
  'src/channels/whatsapp/identity.ts',
  'src/channels/whatsapp/signature.ts',
  'src/channels/whatsapp/statuses.ts',
  'src/channels/whatsapp/verification.ts',
  'src/cli/disclose/held.ts',
  'src/cli/setup/graph-api.ts',
  'src/handoff/chat-side.ts',
  'src/handoff/chatwoot/chatwoot-api.ts',
  'src/handoff/chatwoot/erasing.ts',
  'src/handoff/chatwoot/remains.ts',
  'src/handoff/chatwoot/signature.ts',
  'src/main/stores/redis-stores.ts',
  'src/privacy/pseudonym.ts',
  'src/privacy/departure.ts',
  'src/turns/written/commit-of.ts',
  'src/turns/heard/first-contact.ts',
  'src/turns/flood.ts',
  'src/turns/handle.ts',
  'src/turns/heard/happening.ts',
  'src/turns/recent-events.ts',
  'src/turns/written/records.ts',
]

const tree = readTree(filesOfTheHouse(join(import.meta.dirname, '../..')))

describe('the house', () => {
  test('has all its rooms in the tree that is read', () => {
    const paths = tree.map(({ path }) => path)
    for (const path of ['flows/machine.ts', 'src/main.ts', 'src/conversation/step.ts', 'tests/run.js'])
      expect(paths).toContain(path)
  })
  test('imports one way', () => expect(importsGoOneWay(tree)).toEqual([]))
  test('keeps conversation and flows free of anything outside the process', () =>
    expect(thePurePartDoesNoIo(tree)).toEqual([]))
  test('has no circle of imports', () => expect(nothingImportsInCircles(tree)).toEqual([]))
  test('has no file that only passes on others', () => expect(noFileOnlyPassesOn(tree)).toEqual([]))
  test('names its files in kebab-case', () => expect(filesHaveKebabNames(tree)).toEqual([]))
  test('reveals withheld values only where that is listed', () =>
    expect(onlyTheseReveal(tree, MAY_REVEAL)).toEqual([]))
  test("reads the machine's time only at its edges", () => expect(onlyTheEdgesReadTheClock(tree)).toEqual([]))
  test('prints nowhere but on the command line', () => expect(onlyTheCommandLinePrints(tree)).toEqual([]))
  test('puts no text into its log', () => expect(logLinesCarryNoText(tree)).toEqual([]))
})
