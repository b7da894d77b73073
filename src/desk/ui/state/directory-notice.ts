import { batch } from '@preact/signals'
import type { DirectoryNotice } from '../../directory-wire.ts'
import { get } from '../server/api.ts'
import * as store from './store.ts'

/** What of the directory wants somebody: numbers that nobody checked in time, proposals that wait. */

export function directoryChanged(): void {
  store.directoryChanges.value += 1
  void look()
}

async function look(): Promise<void> {
  if (!store.worksOnCases()) return
  const answer = await get<DirectoryNotice>('directory/notice')
  if (answer.ok && store.phase.value === 'in') store.directoryNotice.value = answer.value
}

/** Opens the directory at one of its parts. */
export function showDirectory(room: store.DirectoryRoom): void {
  batch(() => {
    store.openId.value = undefined
    store.withdrawn.value = false
    store.openService.value = undefined
    store.directoryRoom.value = room
    store.view.value = 'directory'
  })
}
