import { z } from 'zod'
import { isoDate, language, type Service, text } from './service.ts'

/** What is true in one place: its areas, services, sourced statements, rights texts and holidays. */
const sourced = z.object({ source: z.string().min(1), on: isoDate })

const area = z.object({
  id: z.string().regex(/^[A-Z0-9]{1,12}$/u, 'a code of capital letters and digits'),
  names: text,
  /** Other spellings and places inside the area by which people name it. */
  aliases: z.array(z.string().min(1)).default([]),
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
})
export type Area = z.output<typeof area>

export const packFile = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/u),
  /** Shown to visitors and never beside a real channel in production. */
  fictional: z.boolean().default(false),
  country: z.string().regex(/^[A-Z]{2}$/u),
  names: text,
  timeZone: z.string().refine(isTimeZone, 'a time zone like Africa/Nairobi'),
  languages: z.array(language).min(1),
  emergency: sourced.extend({ number: z.string().min(1) }).optional(),
  statements: z
    .object({ policeReportNotRequired: sourced.optional(), councilOfEurope: sourced.optional() })
    .default({}),
  areas: z.array(area).min(1),
})

/** Topic to text with its source. */
export const rightsFile = z.record(z.string(), sourced.extend({ text }))

export interface Pack extends z.output<typeof packFile> {
  services: readonly Service[]
  rights: z.output<typeof rightsFile>
  /** ISO dates in the pack's own zone. */
  holidays: ReadonlySet<string>
}

/** One thing that is wrong, for the person who keeps the file. */
export interface Problem {
  file: string
  /** Line of the file, the heading being 1. */
  row?: number
  field?: string
  problem: string
  remedy: string
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
