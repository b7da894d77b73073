import { useLayoutEffect, useRef } from 'preact/hooks'
import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { closeTool } from '../../close-tool.ts'
import { tool } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { CardPicker } from './card-picker.tsx'
import { Icon } from '../icon.tsx'
import { Notes } from './notes.tsx'
import { PhraseBook } from './phrase-book.tsx'

/** What helps beside the thread. It takes the focus when it is opened, and Escape gives it back to its button. */

export function ToolsPanel({ one }: { one: QueueEntry }) {
  const panel = useRef<HTMLElement>(null)
  const { value } = tool
  const first = useRef(value)
  useLayoutEffect(() => {
    // What stood open when the case was shown takes nothing away from the thread.
    if (value === undefined || first.current === value) first.current = undefined
    else panel.current?.querySelector<HTMLElement>('.tools-body :is(input, textarea)')?.focus()
  }, [value])

  return (
    <aside
      ref={panel}
      id="tools"
      class="tools"
      hidden={value === undefined}
      aria-label={value === undefined ? t('tools') : t(`tools.${value}`)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') closeTool()
      }}
    >
      {value !== undefined && (
        <>
          <div class="tools-head">
            <h2>{t(`tools.${value}`)}</h2>
            <button type="button" class="plain" aria-label={t('close')} onClick={() => closeTool()}>
              <Icon name="close" />
            </button>
          </div>
          {value === 'phrases' && <PhraseBook one={one} />}
          {value === 'cards' && <CardPicker one={one} />}
          {value === 'notes' && <Notes one={one} />}
        </>
      )}
    </aside>
  )
}
