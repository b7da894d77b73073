import { flow, page } from './page.ts'

/** Language, country, numbers instead of buttons, a come-back word of one's own, and whether we may write first. */
export const settings = flow('settings', 'start', {
  start: page(
    'settings.start',
    {
      language: 'language',
      country: 'country',
      numbers: 'numbers',
      voice: 'voice',
      ownWord: 'ownWord',
      nudge: 'nudge',
      menu: '#menu',
    },
    {
      sensitive: false,
      showIf: { language: 'severalLanguages', country: 'severalPacks', voice: 'speaksHers' },
    },
  ),
  language: page('settings.language', {}, { list: 'languages', picked: 'saved', sensitive: false }),
  country: page('settings.country', { menu: '#menu' }, { list: 'packs', picked: 'saved', sensitive: false }),
  numbers: page(
    'settings.numbers',
    {
      buttons: { target: 'saved', set: { numbersOnly: false } },
      numbers: { target: 'saved', set: { numbersOnly: true } },
    },
    { sensitive: false },
  ),
  voice: page(
    'settings.voice',
    { yes: { target: 'saved', set: { voice: true } }, no: { target: 'saved', set: { voice: false } } },
    { sensitive: false },
  ),
  ownWord: page(
    'settings.ownWord',
    { forget: { target: 'saved', set: { ownWord: null, ownWordMisses: 0 } }, no: 'start' },
    { asks: 'ownWord', answered: 'saved', onlyHere: true, showIf: { forget: 'hasOwnWord' } },
  ),
  nudge: page('settings.nudge', {
    yes: { target: 'saved', set: { nudge: true } },
    no: { target: 'saved', set: { nudge: false } },
  }),
  saved: page('settings.saved', { settings: 'start', menu: '#menu' }, { sensitive: false }),
})
