import { flow, junction, page } from './page.ts'

/**
 * What happens when words were read rather than a choice: a gentle question before anything is assumed, near pages when
 * nothing matched, and a calm answer to what cannot be read. "Carry on" resumes exactly where the person was.
 */
export const heard = flow('heard', 'unclear', {
  clear: page('heard.clear', { yes: 'onward', talk: '#talk', carryOn: {} }),
  other: page('heard.other', { self: 'onward', other: '#friend', carryOn: {} }),
  soft: page('heard.soft', { yes: 'onward', talk: '#talk', carryOn: {} }),
  onward: junction({ target: '#welcome.onward' }),
  offers: page('heard.offers', { none: 'unclear', talk: '#talk', menu: '#menu' }, { list: 'offers' }),
  unclear: page('heard.unclear', { talk: '#talk', menu: '#menu', carryOn: {} }),
  unsupported: page('heard.unsupported', { talk: '#talk', menu: '#menu', carryOn: {} }),
})
