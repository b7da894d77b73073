/**
 * Every line of the research into hotlines that it calls sourced, for the countries that have a pack, with the page and its
 * date; and what it calls unverified, which must stand nowhere. Only pages were read and nobody dialled: "sourced" is
 * "worth dialling". A number that is not here is in no draft.
 */
export interface SourcedHotline {
  pack: string
  /** As the page has them; several are one line. */
  numbers: readonly string[]
  what: string
  /** Whose page it is. */
  kind: 'state' | 'operator' | 'unitedNations' | 'press'
  url: string
  /** As far as the page says it. */
  on?: string
  /** Where it is left out of the pack, why. */
  leftOut?: string
}

const MINISTRY_OF_JUSTICE = 'https://pravo.minjust.gov.ua/en/programs/violence'
const DONETSK_REGION = 'https://dn.gov.ua/en/news/yevropeiskyi-den-borotby-z-torhivleiu-liudmy'
const ZDG =
  'https://www.zdg.md/stiri/video-unde-pot-apela-femeile-care-sunt-victime-ale-abuzului-datele-de-contact-ale-institutiilor-care-pot-oferi-ajutor/'
const SEGUIMIENTO = 'https://www.seguimiento.co/node/51966'

export const SOURCED: readonly SourcedHotline[] = [
  {
    pack: 'ukraine',
    numbers: ['116 123'],
    what: 'violence hotline, 24 h, free',
    kind: 'state',
    url: MINISTRY_OF_JUSTICE,
  },
  {
    pack: 'ukraine',
    numbers: ['15-47', '+380 44 284 19 15'],
    what: 'government line: domestic violence, trafficking, children; the second from abroad',
    kind: 'state',
    url: `${DONETSK_REGION}-obiednuiemo-zusyllia-zarady-zakhystu-naivrazlyvishykh`,
  },
  { pack: 'ukraine', numbers: ['527'], what: 'anti-trafficking', kind: 'state', url: DONETSK_REGION },
  {
    pack: 'ukraine',
    numbers: ['0 800 213 103'],
    what: 'free legal aid',
    kind: 'state',
    url: MINISTRY_OF_JUSTICE,
  },
  { pack: 'ukraine', numbers: ['102'], what: 'police', kind: 'state', url: MINISTRY_OF_JUSTICE },
  {
    pack: 'moldova',
    numbers: ['0 8008 8008', '+373 22 24 06 24'],
    what: 'women and girls, 24/7, free; the second from abroad',
    kind: 'press',
    url: ZDG,
    on: '2026-03',
  },
  { pack: 'moldova', numbers: ['0 800 800 11'], what: 'refugees', kind: 'press', url: ZDG, on: '2026-03' },
  {
    pack: 'moldova',
    numbers: ['0 800 77777', '+373 22 23 33 09'],
    what: 'safe migration and trafficking; the second from abroad',
    kind: 'operator',
    url: 'http://lastrada.md/eng/articles/over-100-000-calls-to-the-hotline-110',
  },
  {
    pack: 'poland',
    numbers: ['+48 22 628 01 20', '+48 605 687 750'],
    what: 'KCIK / La Strada, trafficking, 24/7',
    kind: 'state',
    url: 'https://rawa-mazowiecka.policja.gov.pl/erw/informacje/112901,Europejski-Dzien-Przeciwko-Handlowi-Ludzmi.html',
    on: '2025-10',
  },
  {
    pack: 'colombia',
    numbers: ['155'],
    what: 'women, violence, 24/7, free, operated by the police',
    kind: 'press',
    url: SEGUIMIENTO,
  },
  { pack: 'colombia', numbers: ['122'], what: 'prosecutor', kind: 'press', url: SEGUIMIENTO },
  { pack: 'colombia', numbers: ['141'], what: 'children (ICBF)', kind: 'press', url: SEGUIMIENTO },
  {
    pack: 'azerbaijan',
    numbers: ['860'],
    what: 'support line, 09:00-18:00',
    kind: 'state',
    url: 'https://family.gov.az/en/pages/860-destek-xetti',
  },
  {
    pack: 'bangladesh',
    numbers: ['109'],
    what: 'women and children, 24 h, free',
    kind: 'press',
    url: 'https://banglanews24.com/national/news/bd/562633.details',
  },
  {
    pack: 'somalia',
    numbers: ['5555'],
    what: 'Ceebla, Banadir',
    kind: 'unitedNations',
    url: 'https://unsom.unmissions.org/somali-idps-get-toll-free-line-report-gender-based-violence-cases',
    on: '2015',
  },
  {
    pack: 'somalia',
    numbers: ['2394'],
    what: 'NoFYL, Gedo, 24 h, free',
    kind: 'operator',
    url: 'https://www.nofyl.org/nofyls-2394-hotline-a-lifeline-for-gbv-survivors-in-gedo/',
    on: '2024',
  },
  {
    pack: 'somalia',
    numbers: ['9997'],
    what: 'GREDO, South West, protection',
    kind: 'operator',
    url: 'https://gredosom.org/?p=7040',
  },
  {
    pack: 'nigeria',
    numbers: ['0800 033 3333', '112'],
    what: 'Lagos only, 24/7',
    kind: 'press',
    url: 'https://scudnewsng.com/lagos-launches-24-7-helpline-for-gender-based-violence',
    on: '2020',
    leftOut: 'It serves Lagos, and the pack is of the north.',
  },
]

/** Emergency numbers of the countries, as the same research has them sourced. */
export const SOURCED_EMERGENCY: Readonly<Record<string, { number: string; url: string }>> = {
  poland: {
    number: '112',
    url: 'https://slaska.policja.gov.pl/kat/safe-in-poland/333563,SAFE-in-POLAND-EN.html',
  },
  colombia: { number: '123', url: SEGUIMIENTO },
}

/** No source was found for these: they never ship. Digits only. */
export const UNVERIFIED: Readonly<Record<string, readonly string[]>> = {
  azerbaijan: ['152'],
  bangladesh: ['999', '1098'],
  nigeria: ['627'],
  poland: ['800120002'],
  everywhere: ['152', '999', '1098', '627', '1745', '183', '0800500333', '08082000247', '18883737888'],
}

/** The day on which the confidence of the drafts was decided. */
export const DECIDED_ON = '2026-11-27'
