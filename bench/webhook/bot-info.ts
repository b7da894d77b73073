import type { UserFromGetMe } from 'grammy/types'

/** What getMe would say, so that no peer has to ask. */
export const BOT_INFO = {
  id: 1_000_000_001,
  is_bot: true,
  first_name: 'Bench',
  username: 'bench_bot',
} as UserFromGetMe
