import type { QueueEntry } from '../../../../handoff/handoff.ts'
import { threads, type Tool, tool } from '../../state/store.ts'
import { t } from '../../wording.ts'
import { Icon } from '../icon.tsx'

/** Opens what helps beside the thread; pressed again, it closes. */

const TOOLS: readonly Tool[] = ['phrases', 'cards', 'notes']

export function ToolButtons({ one }: { one: QueueEntry }) {
  const notes = (threads.value.get(one.id) ?? []).filter(({ kind }) => kind === 'note').length
  return (
    <div class="tool-buttons" role="group" aria-label={t('tools')}>
      {TOOLS.map((name) => (
        <button
          key={name}
          type="button"
          data-tool={name}
          aria-expanded={tool.value === name}
          aria-controls="tools"
          onClick={() => (tool.value = tool.value === name ? undefined : name)}
        >
          <Icon name={name} />
          <span>{t(`tools.${name}`)}</span>
          {name === 'notes' && notes > 0 && <span class="count">{notes}</span>}
        </button>
      ))}
    </div>
  )
}
