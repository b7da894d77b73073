import { leaveCase } from '../state/let-go.ts'
import { CaseHead } from '../parts/case/case-head.tsx'
import { CaseList } from '../parts/queue/case-list.tsx'
import { Composer } from '../parts/case/composer.tsx'
import { GlassBanner } from '../parts/case/glass-banner.tsx'
import { Heading } from '../parts/heading.tsx'
import { Icon } from '../parts/icon.tsx'
import { NotesToRead } from '../parts/case/note-list.tsx'
import { Thread } from '../parts/case/thread.tsx'
import { ToolsPanel } from '../parts/case/tools-panel.tsx'
import { glassUntil, isMine, openCase, tool, withdrawn } from '../state/store.ts'
import { t } from '../wording.ts'

/** One conversation: the queue beside it where there is room, what helps on the other side. */

export function CaseView() {
  const one = openCase.value
  if (withdrawn.value) return <Withdrawn />
  if (one === undefined)
    return (
      <main class="page" id="main">
        <p class="quiet">{t('asking')}</p>
      </main>
    )
  const glassed = !isMine(one) && glassUntil(one.id) !== undefined
  const tools = tool.value !== undefined && isMine(one)
  return (
    <div class={`case ${tools ? 'with-tools' : ''}`}>
      <aside class="beside" aria-label={t('nav.queue')}>
        <CaseList mineFirst />
      </aside>
      <main class="conversation" id="main" key={one.id}>
        {glassed && <GlassBanner one={one} />}
        <CaseHead one={one} />
        <Thread id={one.id} />
        {glassed && <NotesToRead id={one.id} />}
        {isMine(one) && <Composer one={one} />}
      </main>
      {isMine(one) && <ToolsPanel key={one.id} one={one} />}
    </div>
  )
}

function Withdrawn() {
  return (
    <main class="page" id="main">
      <div class="withdrawn">
        <Icon name="lock" />
        <Heading>{t('withdrawn.title')}</Heading>
        <p>{t('withdrawn.text')}</p>
        <button type="button" class="strong" onClick={leaveCase}>
          {t('withdrawn.back')}
        </button>
      </div>
    </main>
  )
}
