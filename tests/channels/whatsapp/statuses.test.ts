import { inspect } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createStatuses } from '../../../src/channels/whatsapp/statuses.ts'
import { sensitive } from '../../../src/privacy/sensitive.ts'
import { bodyOf } from './fixtures.ts'
import { type Bed, startBed } from './start-whatsapp.ts'

let bed: Bed
beforeEach(async () => {
  bed = await startBed()
})
afterEach(() => bed.stop())

test('"sent" after "delivered" and every repeat count for nothing', async () => {
  expect(await bed.post(bodyOf('statuses-out-of-order'))).toBe(200)
  expect(await bed.post(bodyOf('statuses-out-of-order'))).toBe(200)
  expect(bed.statuses).toEqual(['delivered', 'sent', 'read'])
  expect(bed.heard).toEqual([])
})

test('a failure stands apart, counts once and is told by its class', async () => {
  await bed.post(bodyOf('status-failed'))
  expect(bed.statuses).toEqual(['sent', 'failed', 'delivered'])
  expect(bed.events).toEqual(['whatsapp.sendFailed'])
})

const told: string[] = []
const counts: string[] = []
const statusesOf = () =>
  createStatuses({
    random: { bytes: (length) => new Uint8Array(length) },
    teller: { tell: (code) => told.push(code), line: () => {} },
    counted: (status) => counts.push(status),
  })
const failed = (id: string, code: number) => ({ id: sensitive(id), status: 'failed', code })

test('what failed for the operator’s sake is told as such', () => {
  told.length = 0
  statusesOf().take([failed('1', 190), failed('2', 131031), failed('3', 131056), failed('4', Number.NaN)])
  expect(told).toEqual([
    'whatsapp.tokenRefused',
    'whatsapp.accountTrouble',
    'whatsapp.slowedDown',
    'whatsapp.sendFailed',
  ])
})

test('no more than 10,000 messages are remembered, the newest ones', () => {
  counts.length = 0
  const statuses = statusesOf()
  const sent = (id: string) => ({ id: sensitive(id), status: 'sent', code: Number.NaN })
  for (let n = 0; n <= 10_000; n += 1) statuses.take([sent(`wamid.${n}`)])
  expect(counts).toHaveLength(10_001)
  statuses.take([sent('wamid.10000'), sent('wamid.1')])
  expect(counts).toHaveLength(10_001)
  statuses.take([sent('wamid.0')])
  expect(counts).toHaveLength(10_002)
  expect(inspect(statuses, { depth: Infinity, showHidden: true })).not.toContain('wamid')
})
