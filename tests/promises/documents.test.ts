import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { KEPT_FOR } from '../../src/privacy/kept-for.ts'
import { faultsOf, testsUnder } from './check-document.ts'

const TOP = join(import.meta.dirname, '../..')
const house = testsUnder(TOP)

it.each([
  ['docs/promises.md', { gaps: false }],
  ['docs/threat-model.md', { gaps: true }],
] as const)('every sentence of %s is held by a test that is there and runs', (path, allowed) => {
  expect(faultsOf(readFileSync(join(TOP, path), 'utf8'), house, allowed)).toEqual([])
})

it('every race of docs/hazards.md names a test that is there and runs, or says openly that nothing prevents it', () => {
  const text = readFileSync(join(TOP, 'docs/hazards.md'), 'utf8')
  const [, ...races] = text.slice(0, text.indexOf('\n[^')).split('\n## ')
  const unnamed = races.filter((race) => !race.includes('[^')).map((race) => race.split('\n')[0])
  expect([races.length > 10, unnamed]).toEqual([true, []])
  // A race is told in several sentences, and shown by what stands behind the last of them.
  const faults = faultsOf(text, house, { gaps: true }).filter((fault) => !/: nothing holds "/u.test(fault))
  expect(faults).toEqual([])
})

it('names the times that the sweeps go by', () => {
  const text = readFileSync(join(TOP, 'docs/promises.md'), 'utf8')
  const [, after = ''] = text.split('\n## For how long\n')
  const [section = ''] = after.split('\n## ')
  const row = (what: string) => section.split('\n').find((line) => line.startsWith(`| ${what} |`)) ?? ''
  const hours = (ms: number) => ms / 3_600_000
  const days = (ms: number) => hours(ms) / 24
  expect(row('A conversation')).toContain(`${hours(KEPT_FOR.conversation.ms)} hours after her last message`)
  expect(row('A conversation with an open case')).toContain(`${days(KEPT_FOR.conversationWithCase.ms)} days`)
  expect(row('A case')).toContain(`${days(KEPT_FOR.endedCase.ms)} days after it was closed`)
  expect(row('An open case that she never came back to')).toContain(`${days(KEPT_FOR.unseenCase.ms)} days`)
  expect(row('Ids of messages that can be deleted')).toContain(`${hours(KEPT_FOR.messageId.ms)} hours`)
  expect(section).toContain(`or after ${days(KEPT_FOR.seenEvent.ms)} days`)
  expect([days(KEPT_FOR.waitingMessage.ms), days(KEPT_FOR.withdrawal.ms)]).toEqual([1, 1])
  expect(row('That she took a case back')).toContain('until a day has passed')
  expect(row('A message that cannot be delivered')).toContain('a day after it was due')
  expect(row('How often topics came up')).toContain(`${days(KEPT_FOR.counter.ms) / 7} weeks`)
  expect(row('Numbers of the statistics')).toContain(`${days(KEPT_FOR.statistic.ms)} days`)
  expect(row('Waiting times for the board')).toContain(`${days(KEPT_FOR.handoffTime.ms)} days`)
})
