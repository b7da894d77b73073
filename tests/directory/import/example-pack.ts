import type { Pack } from '../../../src/directory/pack/pack.ts'

/** The invented country of the template's own rows. */
export const EXAMPLE: Pack = {
  id: 'example',
  fictional: true,
  country: 'ZZ',
  names: { en: 'Exampleland' },
  timeZone: 'Africa/Nairobi',
  languages: ['en', 'ar'],
  statements: {},
  areas: [
    { id: 'ZZ01', names: { en: 'Example Coast' }, aliases: ['The Coast'], lat: 12.3, lon: 45.6 },
    { id: 'ZZ02', names: { en: 'Sample Hills' }, aliases: [], lat: 12.9, lon: 45.1 },
  ],
  services: [],
  rights: {},
  holidays: { dates: new Set(), everyYear: new Set() },
}

/** A pack of a real country, so that numbers are read by its plan. */
export function packOf(country: string, languages: readonly string[], areas: readonly string[]): Pack {
  return {
    ...EXAMPLE,
    id: country.toLowerCase(),
    fictional: false,
    country,
    names: { en: new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country },
    languages: [...languages],
    areas: areas.map((name, at) => ({
      id: `${country}0${at + 1}`,
      names: { en: name },
      aliases: [],
      lat: 10 + at,
      lon: 20 + at,
    })),
  }
}

export const TODAY = '2026-11-27'
