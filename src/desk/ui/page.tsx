import { render } from 'preact'
import { App } from './app.tsx'
import { startTicking } from './server/clock.ts'
import { watchNetwork } from './server/line.ts'
import { watchGlass } from './state/glass.ts'
import { begin } from './state/session.ts'
import { listenForShortcuts } from './shortcuts.ts'
import { phase } from './state/store.ts'
import { preferred, speak } from './wording.ts'

/** Starts the desk. An invitation's token leaves the address bar before anything else happens. */

const token = new URLSearchParams(location.hash.slice(1)).get('invite') ?? undefined
if (location.hash !== '') history.replaceState(null, '', location.pathname)
if (token !== undefined) phase.value = 'invite'

startTicking()
watchNetwork()
listenForShortcuts()
watchGlass()
// In her language from the first word on; where its words cannot be had now, in English.
void speak(preferred()).then(() => {
  render(<App token={token} />, document.querySelector('#page') ?? document.body)
  return begin()
})
