import type { Filter } from './filters.ts'
import { flow, type Go, junction, page, searching } from './page.ts'

/**
 * The directory: what is needed, where, and at most three checked places at a time. A shared place is used for this one
 * answer and dropped. Before any police contact stands the notice for people without papers (reference 3.2), whichever
 * way led to it: a list, "more", the search, a button of an earlier message. A list can be narrowed; where that leaves
 * nothing, the lines to call stay and the wishes can be dropped.
 */
const narrowing = (filter: Filter): Go => ({ target: 'narrow', switch: filter })
const whom = (filter: Filter): Go => ({ target: 'forWhom', switch: filter })
const dropped = { filters: [] } satisfies Go['set']

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
    chosen: junction({ when: 'areaMissing', target: 'area', set: { areasFrom: 0 } }, { target: 'listing' }),
    area: page(
      'services.area',
      { more: { target: 'area', run: 'nextAreas' }, anywhere: { target: 'listing', set: { area: '' } } },
      {
        list: 'areas',
        picked: 'listing',
        asks: 'place',
        answered: 'placed',
        unread: 'areaUnclear',
        showIf: { more: 'manyAreas' },
      },
    ),
    areaUnclear: page(
      'services.areaUnclear',
      { more: { target: 'area', run: 'nextAreas' }, anywhere: { target: 'listing', set: { area: '' } } },
      { list: 'areas', picked: 'listing', asks: 'place', answered: 'placed', showIf: { more: 'manyAreas' } },
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
    listing: searching(
      { when: 'needMissing', target: 'need' },
      { when: 'nothingNarrowed', target: 'nothingNarrowed' },
      { when: 'nothingFound', target: 'nothing' },
      { target: 'results' },
    ),
    results: page(
      'services.results',
      {
        more: [{ when: 'moreResults', target: 'results', run: 'nextResults' }, { target: 'listing' }],
        narrow: 'narrow',
        area: 'area',
        need: 'need',
        lines: 'lines',
        menu: '#menu',
      },
      {
        list: 'services',
        picked: 'opening',
        showIf: { more: 'moreResults', area: 'severalAreas', lines: 'aidNeed' },
      },
    ),
    narrow: page(
      'services.narrow',
      {
        open: narrowing('open'),
        language: narrowing('language'),
        noPapers: narrowing('noPapers'),
        stepFree: narrowing('stepFree'),
        femaleStaff: narrowing('femaleStaff'),
        free: narrowing('free'),
        whom: 'forWhom',
        results: 'listing',
        drop: { target: 'listing', set: dropped },
      },
      { showIf: { drop: 'narrowed' } },
    ),
    forWhom: page('services.forWhom', {
      women: whom('women'),
      girls: whom('girls'),
      men: whom('men'),
      boys: whom('boys'),
      lgbtiq: whom('lgbtiq'),
      disabilities: whom('disabilities'),
      older: whom('older'),
      children: whom('children'),
      done: 'narrow',
    }),
    nothingNarrowed: page(
      'services.nothingNarrowed',
      {
        drop: { target: 'listing', set: dropped },
        narrow: 'narrow',
        area: 'area',
        need: 'need',
        talk: '#talk',
        menu: '#menu',
      },
      { showIf: { area: 'severalAreas' } },
    ),
    /** A service was chosen somewhere: what has to be read first is read first. */
    opening: junction(
      { when: 'policeUntold', target: 'policeFirst' },
      { when: 'aidUntold', target: '#aidworkers.notice' },
      { when: 'notForHer', target: 'listing' },
      { target: 'card' },
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
