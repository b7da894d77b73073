import { CaseList } from '../parts/queue/case-list.tsx'
import { Heading } from '../parts/heading.tsx'
import { t } from '../wording.ts'

/** Who needs somebody, the most urgent first. */

export function QueueView() {
  return (
    <main class="page" id="main">
      <Heading>{t('queue.title')}</Heading>
      <CaseList />
    </main>
  )
}
