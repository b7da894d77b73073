import type { ServiceState } from '../../directory-wire.ts'
import { Icon } from '../parts/icon.tsx'
import { stateName } from './in-words.ts'

/** Whether people see a service, by a sign and a word. */
export function State({ state }: { state: ServiceState }) {
  return (
    <span class={`state state-${state}`}>
      <Icon name={state === 'shown' ? 'done' : 'lock'} />
      {stateName(state)}
    </span>
  )
}
