import { flow, page } from './page.ts'

/**
 * What is kept, what exit and wipe do on this channel, who else holds a copy, and the order that matters: first the
 * wipe word, then deleting the chat (reference 5.3, 5.4).
 */
export const privacy = flow('privacy', 'start', {
  start: page('privacy.start', {
    kept: 'kept',
    leaving: 'exit',
    wipe: 'wipe',
    platform: 'platform',
    clear: 'clear',
    eraseNow: 'wipeConfirm',
    menu: '#menu',
  }),
  kept: page('privacy.kept', { wipe: 'wipe', platform: 'platform', menu: '#menu' }),
  exit: page('privacy.exit', { wipe: 'wipe', clear: 'clear', menu: '#menu' }),
  wipe: page('privacy.wipe', { eraseNow: 'wipeConfirm', clear: 'clear', menu: '#menu' }),
  platform: page('privacy.platform', { clear: 'clear', phone: '#safety.phone', menu: '#menu' }),
  clear: page('privacy.clear', { wipe: 'wipe', phone: '#safety.phone', menu: '#menu' }),
  wipeConfirm: page(
    'privacy.wipeConfirm',
    { yes: { target: '#erased', want: 'wipe' }, carryOn: {} },
    { onlyHere: true },
  ),
  wipeFailed: page('privacy.wipeFailed', { menu: '#menu' }),
})
