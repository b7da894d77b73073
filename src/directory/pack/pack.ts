import { z } from 'zod'
import type { Holidays } from '../hours/holidays.ts'
import { isoDate, language, partialDate, type Service, shortText, text, timeZone } from '../service.ts'

/** What is true in one place: its areas, services, sourced statements, rights texts and holidays. */
const sourced = z.object({ source: z.string().min(1), on: isoDate })

const area = z.object({
  id: z.string().regex(/^[A-Z0-9]{1,12}$/u, 'a code of capital letters and digits'),
  names: shortText,
  /** Other spellings, and places inside the area by which people name it. */
  aliases: z.array(z.string().min(1)).default([]),
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
})
export type Area = z.output<typeof area>

/** When caseworkers answer; `desk-hours.ts` reads the notation and says what is wrong with it. */
const desk = z.custom<object>(isObject, 'a block like {"hours": "Mo-Fr 09:00-17:00"}').pipe(
  z.strictObject({
    hours: z.custom<string>((value) => typeof value === 'string', 'a text like Mo-Fr 09:00-17:00'),
    /** Where the desk is, when not in the pack's own zone. */
    timeZone: timeZone.optional(),
  }),
)

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export const packFile = z.strictObject({
  /** The name of the pack's folder. */
  id: z.string().regex(/^[a-z0-9-]{1,40}$/u, 'small letters, digits and hyphens'),
  /** Shown to visitors and never beside a real channel in production. */
  fictional: z.boolean().default(false),
  country: z.string().regex(/^[A-Z]{2}$/u, 'two capital letters'),
  names: shortText,
  timeZone,
  /** The first is the language of columns without one. */
  languages: z.array(language).min(1),
  emergency: sourced
    .extend({
      number: z.string().regex(/^[\d ]{2,12}$/u, 'digits'),
      /** As far as the page says it. */
      on: partialDate.optional(),
    })
    .optional(),
  statements: z
    .strictObject({ policeReportNotRequired: sourced.optional(), councilOfEurope: sourced.optional() })
    .default({}),
  /** Without it the shift alone decides whether somebody answers. */
  desk: desk.optional(),
  areas: z
    .array(area)
    .min(1)
    .refine((areas) => new Set(areas.map(({ id }) => id)).size === areas.length, 'free of doubled ids'),
})

/** Topics that the rights pages look up; a text for anything else would never be shown. */
export const RIGHTS_TOPICS = ['residence', 'trafficking', 'documents', 'family', 'work'] as const

/** Topic to text with its source. */
export const rightsFile = z.partialRecord(z.enum(RIGHTS_TOPICS), sourced.extend({ text }))

export interface Pack extends z.output<typeof packFile> {
  services: readonly Service[]
  rights: z.output<typeof rightsFile>
  holidays: Holidays
}

/** One thing that is wrong, for the person who keeps the file. Reads as "file, row, field: problem. remedy". */
export interface Problem {
  file: string
  /** Row of the table as a spreadsheet counts, the heading being 1. */
  row?: number
  field?: string
  problem: string
  remedy: string
}
