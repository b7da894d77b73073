import { discard, send } from '../../state/outbox.ts'
import { drafts, type Unsent } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { Icon } from '../icon.tsx'

/** What is not taken yet: it waits for the line, or the server refused it and the caseworker decides. */

export function UnsentBubble({ item }: { item: Unsent }) {
  const { entry, refused, text } = item
  return (
    <li class="bubble from-desk unsent">
      <div class="paper">
        <span class="unseen">{t('thread.me')}: </span>
        <p class="text" dir="auto">
          {text}
        </p>
        {refused === undefined ? (
          <p class="stamp">
            <span class="delivery">
              <Icon name="waiting" />
              {t('delivery.sending')}
            </span>
          </p>
        ) : (
          <>
            <p class="stamp">
              <span class="delivery delivery-notTaken">
                <Icon name="failed" />
                {t(`refused.${refused}`)}
              </span>
            </p>
            <p class="buttons">
              <button
                type="button"
                onClick={() => {
                  discard(entry)
                  const { entry: _, refused: __, ...again } = item
                  send(again)
                }}
              >
                {t('unsent.again')}
              </button>
              {item.kind === 'write' && (
                <button
                  type="button"
                  onClick={() => {
                    discard(entry)
                    drafts.value = new Map(drafts.value).set(item.case, text)
                  }}
                >
                  {t('unsent.edit')}
                </button>
              )}
              <button type="button" onClick={() => discard(entry)}>
                {t('unsent.discard')}
              </button>
            </p>
          </>
        )}
      </div>
    </li>
  )
}
