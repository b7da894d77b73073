import { AlarmBanners } from './parts/queue/alarm-banner.tsx'
import { DirectoryNotice } from './parts/frame/directory-notice.tsx'
import { FreshTouchDialog } from './parts/frame/fresh-touch-dialog.tsx'
import { LineState } from './parts/frame/line-state.tsx'
import { laterRoom } from './parts/frame/later-room.tsx'
import { Live } from './parts/frame/live.tsx'
import { OfferBanners } from './parts/queue/offer-banner.tsx'
import { OlderPage } from './parts/account/older-page.tsx'
import { ShortcutList } from './parts/frame/shortcut-list.tsx'
import { TopBar } from './parts/frame/top-bar.tsx'
import { Unreviewed } from './parts/frame/unreviewed.tsx'
import { WatchBanners } from './parts/frame/watch-banners.tsx'
import { phase, type View, view } from './state/store.ts'
import { AccountView } from './views/account.tsx'
import { AccountsView } from './views/accounts.tsx'
import { Away } from './views/away.tsx'
import { BoardView } from './views/board.tsx'
import { CaseView } from './views/case.tsx'
import { AcceptInvite } from './views/invite.tsx'
import { LogView } from './views/log.tsx'
import { QueueView } from './views/queue.tsx'
import { SignIn } from './views/sign-in.tsx'
import { t } from './wording.ts'

/** Which view is shown. Everything but the door exists only while somebody is signed in. */

const VIEWS: Record<View, () => preact.JSX.Element> = {
  queue: QueueView,
  case: CaseView,
  board: BoardView,
  directory: laterRoom(async () => (await import('./directory/view.tsx')).DirectoryView),
  accounts: AccountsView,
  log: LogView,
  months: laterRoom(async () => (await import('./months/view.tsx')).MonthsView),
  account: AccountView,
}

export function App({ token }: { token: string | undefined }) {
  return (
    <>
      <Shown token={token} />
      <Live />
    </>
  )
}

function Shown({ token }: { token: string | undefined }) {
  switch (phase.value) {
    case 'loading':
      return <main class="door" id="main" aria-busy="true" />
    case 'away':
      return <Away />
    case 'invite':
      return <AcceptInvite token={token ?? ''} />
    case 'signIn':
    case 'covered':
      return <SignIn key={phase.value} />
    case 'in':
      return <Desk />
  }
}

function Desk() {
  const View = VIEWS[view.value]
  return (
    <div class="desk">
      <a class="skip" href="#main" onClick={skip}>
        {t('skip')}
      </a>
      <TopBar />
      <section aria-label={t('attention')}>
        <LineState />
        <OlderPage />
        <AlarmBanners />
        <WatchBanners />
        <OfferBanners />
        <DirectoryNotice />
        <Unreviewed />
      </section>
      <View />
      <ShortcutList />
      <FreshTouchDialog />
    </div>
  )
}

/** Without touching the address. */
function skip(event: Event): void {
  event.preventDefault()
  const main = document.querySelector<HTMLElement>('#main')
  main?.setAttribute('tabindex', '-1')
  main?.focus()
}
