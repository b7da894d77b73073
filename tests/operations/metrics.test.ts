import { describe, expect, it } from 'vitest'
import { createMetrics } from '../../src/operations/metrics.ts'

describe('the metrics', () => {
  it('count turns, webhook calls, sends, statuses and wipes, and how late the outbox is', async () => {
    const metrics = createMetrics()
    metrics.turn('whatsapp', 'handled')
    metrics.webhook('telegram', 'forged')
    metrics.send('whatsapp', 'windowClosed')
    metrics.status('delivered')
    metrics.wipe('done')
    const text = await metrics.text(2.5)
    for (const line of [
      'lantern_turns_total{channel="whatsapp",outcome="handled"} 1',
      'lantern_webhook_calls_total{channel="telegram",outcome="forged"} 1',
      'lantern_sends_total{channel="whatsapp",outcome="windowClosed"} 1',
      'lantern_delivery_statuses_total{status="delivered"} 1',
      'lantern_wipes_total{outcome="done"} 1',
      'lantern_outbox_overdue_seconds 2.5',
    ])
      expect(text.split('\n')).toContain(line)
  })

  it('have no label but channel, outcome and status among our own', async () => {
    const metrics = createMetrics()
    metrics.turn('whatsapp', 'handled')
    metrics.webhook('telegram', 'taken')
    metrics.send('simulator', 'sent')
    metrics.status('read')
    metrics.wipe('failed')
    const ours = (await metrics.text(0)).split('\n').filter((line) => line.startsWith('lantern_'))
    const labels = ours.flatMap((line) => [...line.matchAll(/(\w+)="/gu)].map(([, label]) => label))
    expect(new Set(labels)).toEqual(new Set(['channel', 'outcome', 'status']))
  })
})
