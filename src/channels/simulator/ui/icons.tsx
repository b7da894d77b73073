import { COMMON_PATHS, DrawnIcon } from '../../../browser/drawn-icon.tsx'

/** The signs of the phone. */

const PATHS = {
  ...COMMON_PATHS,
  sent: COMMON_PATHS.done,
  waiting: COMMON_PATHS.time,
  attach: 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.6 1.6 0 0 1-2.3-2.3L14 8',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  photo: 'M4 7h3l2-2h6l2 2h3v12H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z',
  voice: 'M12 14a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11a6 6 0 0 0 12 0M12 17v4',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return <DrawnIcon name={name} path={PATHS[name]} />
}
