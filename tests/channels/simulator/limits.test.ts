import { describe, expect, test } from 'vitest'
import type { Look } from '../../../flows/context.ts'
import { faults } from '../../../src/channels/simulator/limits.ts'
import { LIMITS, type Message } from '../../../src/conversation/message.ts'
import { plain } from './start-simulator.ts'

const choices = (count: number, label = 'Yes') =>
  Array.from({ length: count }, (_, number) => ({ id: `choice-${number}`, label }))
const message = (more: Partial<Message>): Message => ({ ...plain('Hello'), ...more })
const list = (more: Partial<Message>) => message({ layout: 'list', listLabel: 'Choose', ...more })

describe.each(['whatsapp', 'telegram'] as const)('on %s', (look: Look) => {
  const limits = LIMITS[look]

  test('a message at every limit is taken', () => {
    const id = 'i'.repeat(limits.choiceBytes)
    const buttons = [{ id, label: 'l'.repeat(limits.buttonLabel) }, ...choices(limits.buttons - 1)]
    const rows = [{ id, label: 'l'.repeat(limits.rowLabel) }, ...choices(limits.rows - 1)]
    expect(
      faults(message({ text: 't'.repeat(limits.text), layout: 'buttons', choices: buttons }), look),
    ).toEqual([])
    expect(faults(list({ choices: rows, listLabel: 'l'.repeat(limits.listLabel) }), look)).toEqual([])
  })

  test.each<[string, Message]>([
    ['text.empty', message({ text: ' \n' })],
    ['text.long', message({ text: 't'.repeat(limits.text + 1) })],
    ['buttons.many', message({ layout: 'buttons', choices: choices(limits.buttons + 1) })],
    ['rows.many', list({ choices: choices(limits.rows + 1) })],
    ['label.long', message({ layout: 'buttons', choices: choices(1, 'l'.repeat(limits.buttonLabel + 1)) })],
    ['label.long', list({ choices: choices(1, 'l'.repeat(limits.rowLabel + 1)) })],
    ['label.empty', message({ layout: 'buttons', choices: choices(1, '') })],
    [
      'id.long',
      message({ layout: 'buttons', choices: [{ id: 'é'.repeat(limits.choiceBytes / 2 + 1), label: 'Yes' }] }),
    ],
    ['id.empty', message({ layout: 'buttons', choices: [{ id: '', label: 'Yes' }] })],
    ['id.twice', message({ layout: 'buttons', choices: [...choices(1), ...choices(1)] })],
    ['placeLabel.long', message({ placeLabel: 'l'.repeat(limits.buttonLabel + 1) })],
  ])('%s is found', (fault, faulty) => expect(faults(faulty, look)).toEqual([fault]))
})

test('an emoji counts for as many units as a platform can count it', () => {
  const label = '👍'.repeat(11)
  expect(faults(message({ layout: 'buttons', choices: choices(1, label) }), 'whatsapp')).toEqual([
    'label.long',
  ])
})

test('only WhatsApp asks for the name of a list', () => {
  const unnamed: Message = { ...plain('Hello'), layout: 'list', choices: choices(1) }
  expect(faults(unnamed, 'whatsapp')).toEqual(['listLabel.empty'])
  expect(faults(unnamed, 'telegram')).toEqual([])
  expect(faults(list({ choices: choices(1), listLabel: 'l'.repeat(21) }), 'whatsapp')).toEqual([
    'listLabel.long',
  ])
})

test('choices that stand as numbered lines in the text have no limits of their own', () => {
  expect(faults(message({ choices: choices(30, 'l'.repeat(80)) }), 'whatsapp')).toEqual([])
})
