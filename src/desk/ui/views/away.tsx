import { useEffect } from 'preact/hooks'
import { Heading } from '../parts/heading.tsx'
import { ask } from '../state/session.ts'
import { t } from '../wording.ts'

/** The server did not answer when the page opened; it is asked again until it does. */

const AGAIN_MS = 3_000

export function Away() {
  useEffect(() => {
    const timer = setInterval(() => void ask(), AGAIN_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <main class="door" id="main">
      <div class="door-card">
        <Heading>{t('away.title')}</Heading>
        <p>{t('away.text')}</p>
        <button type="button" class="wide" onClick={() => void ask()}>
          {t('away.again')}
        </button>
      </div>
    </main>
  )
}
