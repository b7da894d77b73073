import { openStores as openReal } from '../../../src/main/stores/stores.ts'
import { watched } from './reach.ts'

/** The vault and the conversations, with points around what they write. */
export async function openStores(...given: Parameters<typeof openReal>): ReturnType<typeof openReal> {
  const stores = await openReal(...given)
  return {
    ...stores,
    vault: watched('vault', stores.vault, ['create', 'destroy'], ['kill', 'reject']),
    conversations: watched(
      'conversations',
      watched('conversations', stores.conversations, ['load', 'marks'], ['reject']),
      ['commit', 'claimDue', 'settle', 'erase', 'compact'],
      ['kill', 'reject'],
    ),
  }
}
