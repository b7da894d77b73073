import { flow, page, ways } from './page.ts'

/** Plans at home, for leaving, for the phone and for images. A checklist that is read and not kept (reference 4.1, 4.2). */
export const safety = flow('safety', 'start', {
  start: page('safety.start', {
    home: 'home',
    leaving: 'leaving',
    bag: 'bag',
    phone: 'phone',
    images: 'images',
    numbers: 'numbers',
    ...ways,
  }),
  believed: page('safety.believed', {
    plans: 'start',
    lines: '#services.lines',
    shelter: { target: '#services.chosen', set: { need: 'shelter' } },
    fault: '#understand.fault',
    ...ways,
  }),
  home: page('safety.home', { numbers: 'numbers', leaving: 'leaving', ...ways }),
  leaving: page('safety.leaving', {
    bag: 'bag',
    shelter: { target: '#services.chosen', set: { need: 'shelter' } },
    ...ways,
  }),
  bag: page('safety.bag', { papers: 'papers', leaving: 'leaving', ...ways }),
  papers: page('safety.papers', { legal: { target: '#services.chosen', set: { need: 'legal' } }, ...ways }),
  phone: page('safety.phone', { linked: 'linked', chat: '#privacy.clear', ...ways }),
  linked: page('safety.linked', { phone: 'phone', ...ways }),
  images: page('safety.images', {
    trained: { target: '#services.chosen', set: { need: 'feelings' } },
    legal: { target: '#services.chosen', set: { need: 'legal' } },
    ...ways,
  }),
  numbers: page('safety.numbers', { find: '#services.lines', ...ways }),
})
