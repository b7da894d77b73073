import { useLayoutEffect, useRef } from 'preact/hooks'
import type { QueueEntry } from '../../../../handoff/handoff.ts'
import type { ServiceRow } from '../../../wire.ts'
import { send } from '../../state/outbox.ts'
import { day } from '../../times.ts'
import { t } from '../../wording.ts'
import { Icon } from '../icon.tsx'
import { useSent } from './sent.ts'

/** The card as it will stand on the person's phone. */

interface Props {
  one: QueueEntry
  service: ServiceRow
  onBack: () => void
}

export function CardPreview({ one, service, onBack }: Props) {
  const [sent, markSent] = useSent()
  const back = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => back.current?.focus(), [])
  return (
    <div class="tools-body">
      <button ref={back} type="button" class="back" onClick={onBack}>
        <Icon name="back" />
        {t('cards.back')}
      </button>
      <h3>{t('cards.preview')}</h3>
      <div class="preview">
        <p class="text" lang={one.language} dir="auto">
          {service.card}
        </p>
      </div>
      <p class="quiet small">{t('cards.verified', { day: day(service.verifiedOn, 'long') })}</p>
      {one.presence !== 'left' && (
        <button
          type="button"
          class="strong wide"
          aria-disabled={sent}
          onClick={() => {
            if (markSent()) send({ case: one.id, kind: 'card', text: service.name, service: service.id })
          }}
        >
          <Icon name="send" />
          {t(sent ? 'sent' : 'cards.send')}
        </button>
      )}
    </div>
  )
}
