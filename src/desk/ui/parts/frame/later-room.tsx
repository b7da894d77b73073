import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { t, speakMore } from '../../wording.ts'

/** A view that comes with its words when somebody first opens it: on a weak line nobody waits for it at the door. */

type View = () => preact.JSX.Element
type Loaded = { View: View } | 'failed'

export function laterRoom(fetchView: () => Promise<View>): View {
  const loaded = signal<Loaded | undefined>(undefined)

  async function load(): Promise<void> {
    if (typeof loaded.value === 'object') return
    loaded.value = undefined
    try {
      const [View] = await Promise.all([fetchView(), speakMore()])
      loaded.value = { View }
    } catch {
      loaded.value = 'failed'
    }
  }

  return function LaterRoom() {
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
}
