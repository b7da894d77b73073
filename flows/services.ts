import { flow, junction, page, searching } from './page.ts'

/**
 * The directory: what is needed, where, and at most three checked places at a time. A shared place is used for this one
 * answer and dropped. Before any police contact stands the notice for people without papers (reference 3.2).
 */
export const services = flow(
  'services',
  'need',
  {
    need: page('services.need', {
      health: 'health',
      feelings: { target: 'chosen', set: { need: 'feelings' } },
      safeSpace: { target: 'chosen', set: { need: 'safeSpace' } },
      shelter: { target: 'chosen', set: { need: 'shelter' } },
      legal: { target: 'chosen', set: { need: 'legal' } },
      money: { target: 'chosen', set: { need: 'money' } },
      hotline: 'lines',
      more: 'more',
      menu: '#menu',
    }),
    more: page('services.more', {
      supplies: { target: 'chosen', set: { need: 'supplies' } },
      work: { target: 'chosen', set: { need: 'work' } },
      childcare: { target: 'chosen', set: { need: 'childcare' } },
      caseManagement: { target: 'chosen', set: { need: 'caseManagement' } },
      trafficking: { target: 'chosen', set: { need: 'trafficking' } },
      young: { target: 'chosen', set: { need: 'young' } },
      report: 'policeFirst',
      need: 'need',
      menu: '#menu',
    }),
    health: junction({ target: 'chosen', set: { need: 'health' } }),
    policeFirst: page('services.policeFirst', {
      legal: { target: 'chosen', set: { need: 'legal' } },
      lines: 'lines',
      goOn: { target: 'chosen', set: { need: 'police' } },
      menu: '#menu',
    }),
    /** The need is set: ask for the area unless it is known. */
    chosen: junction({ when: 'areaMissing', target: 'area' }, { target: 'listing' }),
    area: page(
      'services.area',
      { anywhere: { target: 'listing', set: { area: '' } } },
      { list: 'areas', picked: 'listing', asks: 'place', answered: 'placed', unread: 'areaUnclear' },
    ),
    areaUnclear: page(
      'services.areaUnclear',
      { anywhere: { target: 'listing', set: { area: '' } } },
      { list: 'areas', picked: 'listing', asks: 'place', answered: 'placed' },
    ),
    placed: junction(
      { when: 'placeOutside', target: 'outside' },
      { when: 'needMissing', target: 'need' },
      { target: 'listing' },
    ),
    outside: page('services.outside', {
      anywhere: { target: 'lines', set: { area: '' } },
      area: 'area',
      menu: '#menu',
    }),
    listing: searching({ when: 'nothingFound', target: 'nothing' }, { target: 'results' }),
    results: page(
      'services.results',
      {
        more: [{ when: 'moreResults', target: 'results', run: 'nextResults' }, { target: 'listing' }],
        area: 'area',
        need: 'need',
        menu: '#menu',
      },
      { list: 'services', picked: 'card', showIf: { more: 'moreResults', area: 'severalAreas' } },
    ),
    nothing: page(
      'services.nothing',
      { area: 'area', need: 'need', talk: '#talk', menu: '#menu' },
      { showIf: { area: 'severalAreas' } },
    ),
    card: page('services.card', { results: 'listing', need: 'need', talk: '#talk', menu: '#menu' }),
    lines: page('services.lines', { need: 'need', talk: '#talk', menu: '#menu' }),
  },
  {},
)
