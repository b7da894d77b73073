/** What `start` rejects with: an `Error` of this code whose message tells the operator what to do. */
export const TOKEN_REFUSED = 'telegram.tokenRefused'

export function tokenRefused(): Error {
  return Object.assign(
    new Error(
      'Telegram refuses TELEGRAM_BOT_TOKEN. Copy it again from BotFather, or check TELEGRAM_API_URL.',
    ),
    { name: 'TelegramFault', code: TOKEN_REFUSED },
  )
}
