import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { t, speakMore } from '../wording.ts'

/** The directory comes with its words when somebody first opens it: on a weak line nobody waits for it at the door. */

type Loaded = { View: () => preact.JSX.Element } | 'failed'
const loaded = signal<Loaded | undefined>(undefined)

async function load(): Promise<void> {
  if (typeof loaded.value === 'object') return
  loaded.value = undefined
  try {
    const [{ DirectoryView }] = await Promise.all([import('../directory/view.tsx'), speakMore()])
    loaded.value = { View: DirectoryView }
  } catch {
    loaded.value = 'failed'
  }
}

export function DirectoryRoom() {
  useEffect(() => void load(), [])
  const { value } = loaded
  if (typeof value === 'object') return <value.View />
  return (
    <main class="page" id="main">
      <p class="quiet" role="status">
        {t(value === 'failed' ? 'refused.away' : 'asking')}
      </p>
      {value === 'failed' && (
        <button type="button" class="start" onClick={() => void load()}>
          {t('away.again')}
        </button>
      )}
    </main>
  )
}
