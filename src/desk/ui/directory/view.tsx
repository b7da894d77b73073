import { Heading } from '../parts/heading.tsx'
import {
  directoryNotice,
  directoryRoom,
  type DirectoryRoom,
  me,
  openService,
  worksOnCases,
} from '../state/store.ts'
import { t } from '../wording.ts'
import { DueList } from './due-list.tsx'
import { EditionList } from './edition-list.tsx'
import { ProposalList } from './proposal-list.tsx'
import { ServiceList } from './service-list.tsx'
import { ServiceSheet } from './service-sheet.tsx'

/** The directory: what people are shown and what they are not, what is to be dialled, what waits for a second person. */

const VIEWS: Readonly<Record<DirectoryRoom, () => preact.JSX.Element>> = {
  services: ServiceList,
  due: DueList,
  proposals: ProposalList,
  editions: EditionList,
}

export function DirectoryView() {
  const { value: room } = directoryRoom
  const { value: service } = openService
  const Room = VIEWS[room]
  return (
    <main class="page wide directory" id="main">
      {service === undefined ? (
        <>
          <div class="directory-head">
            <Heading>{t('directory.title')}</Heading>
            <Rooms />
          </div>
          <Room />
        </>
      ) : (
        <ServiceSheet key={service} id={service} />
      )}
    </main>
  )
}

function Rooms() {
  const decides = me.value?.role === 'supervisor'
  const rooms: DirectoryRoom[] = [
    'services',
    ...(worksOnCases() ? (['due'] as const) : []),
    ...(decides ? (['proposals', 'editions'] as const) : []),
  ]
  const notice = directoryNotice.value
  const count = (room: DirectoryRoom) =>
    room === 'due' ? (notice?.due ?? 0) : room === 'proposals' ? (notice?.waiting ?? 0) : 0
  if (rooms.length === 1) return null
  return (
    <nav class="rooms" aria-label={t('directory.title')}>
      {rooms.map((room) => (
        <button
          key={room}
          type="button"
          aria-current={directoryRoom.value === room ? 'page' : undefined}
          onClick={() => (directoryRoom.value = room)}
        >
          {t(`directory.room.${room}`)}
          {count(room) > 0 && <span class="count">{count(room)}</span>}
        </button>
      ))}
    </nav>
  )
}
