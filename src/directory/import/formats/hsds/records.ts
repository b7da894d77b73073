import { z } from 'zod'
import { filledText, listOf, number, text } from '../lenient.ts'

/** HSDS 3.0 and 3.1 as far as an import reads it. Only an id and a name are asked for; what is unknown is ignored. */
const language = z.object({ code: text, name: text })
const phone = z.object({ number: filledText, type: text, description: text, extension: text })
const schedule = z.object({
  freq: text,
  byday: text,
  interval: text,
  count: text,
  until: text,
  bymonthday: text,
  byweekno: text,
  byyearday: text,
  opens_at: text,
  closes_at: text,
  valid_to: text,
  description: text,
  notes: text,
})
const attribute = z.object({
  value: text,
  taxonomy_term: z
    .object({
      code: text,
      name: text,
      taxonomy: z.object({ name: text }).catch({ name: '' }),
    })
    .catch({ code: '', name: '', taxonomy: { name: '' } }),
})
const address = z.object({
  address_1: text,
  address_2: text,
  city: text,
  region: text,
  state_province: text,
  postal_code: text,
  country: text,
})
const location = z.object({
  name: text,
  description: text,
  latitude: number,
  longitude: number,
  addresses: listOf(address),
  /** As 3.0 was first published. */
  addresss: listOf(address),
  accessibility: listOf(z.object({ description: text })),
  phones: listOf(phone),
  schedules: listOf(schedule),
  languages: listOf(language),
})
const atLocation = z.object({
  location: location.optional().catch(undefined),
  phones: listOf(phone),
  schedules: listOf(schedule),
})
const organization = z.object({ id: text, name: text, email: text, website: text, phones: listOf(phone) })

export const hsdsService = z.object({
  id: filledText,
  name: filledText,
  description: text,
  url: text,
  email: text,
  status: text,
  interpretation_services: text,
  application_process: text,
  fees_description: text,
  fees: text,
  eligibility_description: text,
  minimum_age: number,
  maximum_age: number,
  assured_date: text,
  last_modified: text,
  alert: text,
  organization: organization.optional().catch(undefined),
  phones: listOf(phone),
  schedules: listOf(schedule),
  contacts: listOf(z.object({})),
  languages: listOf(language),
  required_documents: listOf(z.object({ document: text })),
  cost_options: listOf(z.object({ option: text, amount: number })),
  service_areas: listOf(z.object({ name: text, extent: text, extent_type: text })),
  service_at_locations: listOf(atLocation),
  attributes: listOf(attribute),
})
export type HsdsService = z.output<typeof hsdsService>
export type HsdsSchedule = z.output<typeof schedule>
export type HsdsPhone = z.output<typeof phone>
