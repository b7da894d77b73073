import { COMMON_PATHS, DrawnIcon } from '../../../browser/drawn-icon.tsx'

/** The signs of the desk. */

const PATHS = {
  ...COMMON_PATHS,
  clock: COMMON_PATHS.time,
  urgent: 'M12 4l9 16H3zM12 10v4.500M12 17.200h.01',
  young: 'M12 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM7 20c0-3.500 2-6 5-6s5 2.500 5 6',
  usual: 'M5 12h14',
  here: 'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10z',
  away: 'M16 15.500A6.500 6.500 0 0 1 9.500 6 7 7 0 1 0 18 14.500a6 6 0 0 1-2 1z',
  left: 'M10 5H5v14h5M14 8l4 4-4 4M18 12H9',
  speech: 'M4 5h16v11H10l-4 4v-4H4z',
  phrases: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM8.500 9H15M8.500 13H13',
  cards: 'M4 6h16v12H4zM7.500 10.500h5M7.500 14h9',
  notes: 'M6 4h8l4 4v12H6zM14 4v4h4M9 13h6M9 16.500h4',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  key: 'M8 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 11h9M18 11v4',
  waiting: 'M8 4h8M8 20h8M9 4v3l3 5-3 5v3M15 4v3l-3 5 3 5v3',
  settings: 'M4 8h9M17 8h3M15 5.500v5M4 16h3M11 16h9M9 13.500v5',
  glass:
    'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  again: 'M19 12a7 7 0 1 1-2-5M17.500 3v4.500H13',
  save: 'M12 4v11M7.500 11L12 15.500 16.500 11M5 20h14',
  pass: 'M4 9h13l-4-4M20 15H7l4 4',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return <DrawnIcon name={name} path={PATHS[name]} />
}
