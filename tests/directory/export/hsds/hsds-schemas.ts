import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/**
 * What the published JSON Schemas of HSDS 3.0 ask of each object, said again in short: fields, types, formats, values, and
 * what is required (Open Referral, "Human Services Data Specification", CC BY-SA 4.0, openreferral/specification, tag 3.0,
 * 279fd2e; read at 67e7b37a4b1e03324d6bd107c56cafd153b9d2d0, attribute at 0fd7ce5eaa35db247dbe3d5a97bad41639b2647b). Stricter
 * than these in three ways: a field that they do not name is refused, and ids, dates and times must have their format.
 */
type Field =
  | 'text'
  | 'uuid'
  | 'uri'
  | 'email'
  | 'number'
  | 'date'
  | 'time'
  | readonly string[]
  | { list: string }
  | { one: string }
interface Described {
  required: readonly string[]
  fields: Readonly<Record<string, Field>>
}

const list = (name: string) => ({ list: name })
const SAID = { attributes: list('attribute') } as const

const OBJECTS: Readonly<Record<string, Described>> = {
  service: {
    required: ['id', 'name', 'status'],
    fields: {
      id: 'uuid',
      organization_id: 'uuid',
      program_id: 'uuid',
      name: 'text',
      alternate_name: 'text',
      description: 'text',
      url: 'uri',
      email: 'email',
      status: ['active', 'inactive', 'defunct', 'temporarily closed'],
      interpretation_services: 'text',
      application_process: 'text',
      fees_description: 'text',
      accreditations: 'text',
      eligibility_description: 'text',
      minimum_age: 'number',
      maximum_age: 'number',
      assured_date: 'date',
      assurer_email: 'email',
      alert: 'text',
      phones: list('phone'),
      schedules: list('schedule'),
      service_areas: list('service_area'),
      service_at_locations: list('service_at_location'),
      languages: list('language'),
      organization: { one: 'organization' },
      cost_options: list('cost_option'),
      required_documents: list('required_document'),
      ...SAID,
    },
  },
  organization: {
    required: ['id', 'name', 'description'],
    fields: {
      id: 'uuid',
      name: 'text',
      alternate_name: 'text',
      description: 'text',
      email: 'email',
      website: 'uri',
      ...SAID,
    },
  },
  phone: {
    required: ['id', 'number'],
    fields: {
      id: 'uuid',
      service_id: 'uuid',
      location_id: 'uuid',
      number: 'text',
      extension: 'number',
      type: 'text',
      description: 'text',
      languages: list('language'),
      ...SAID,
    },
  },
  schedule: {
    required: ['id'],
    fields: {
      id: 'uuid',
      service_id: 'uuid',
      valid_from: 'date',
      valid_to: 'date',
      dtstart: 'date',
      timezone: 'number',
      until: 'date',
      freq: ['WEEKLY', 'MONTHLY'],
      interval: 'number',
      byday: 'text',
      description: 'text',
      opens_at: 'time',
      closes_at: 'time',
      schedule_link: 'uri',
      attending_type: 'text',
      notes: 'text',
      ...SAID,
    },
  },
  service_area: {
    required: ['id'],
    fields: {
      id: 'uuid',
      service_id: 'uuid',
      name: 'text',
      description: 'text',
      extent: 'text',
      extent_type: 'text',
      uri: 'text',
      ...SAID,
    },
  },
  service_at_location: {
    required: ['id'],
    fields: {
      id: 'uuid',
      service_id: 'uuid',
      location_id: 'uuid',
      description: 'text',
      location: { one: 'location' },
      phones: list('phone'),
      schedules: list('schedule'),
      ...SAID,
    },
  },
  location: {
    required: ['id', 'location_type'],
    fields: {
      id: 'uuid',
      location_type: ['physical', 'postal', 'virtual'],
      url: 'uri',
      organization_id: 'uuid',
      name: 'text',
      alternate_name: 'text',
      description: 'text',
      transportation: 'text',
      latitude: 'number',
      longitude: 'number',
      addresses: list('address'),
      accessibility: list('accessibility'),
      languages: list('language'),
      ...SAID,
    },
  },
  address: {
    required: ['id', 'address_1', 'city', 'state_province', 'postal_code', 'country', 'address_type'],
    fields: {
      id: 'uuid',
      address_1: 'text',
      city: 'text',
      state_province: 'text',
      postal_code: 'text',
      country: 'text',
      address_type: ['physical', 'postal', 'virtual'],
    },
  },
  accessibility: {
    required: ['id'],
    fields: { id: 'uuid', location_id: 'uuid', description: 'text', details: 'text', url: 'uri' },
  },
  language: {
    required: ['id'],
    fields: { id: 'uuid', service_id: 'uuid', name: 'text', code: 'text', note: 'text' },
  },
  required_document: { required: ['id'], fields: { id: 'uuid', service_id: 'uuid', document: 'text' } },
  cost_option: {
    required: ['id'],
    fields: { id: 'uuid', service_id: 'uuid', option: 'text', amount: 'number' },
  },
  attribute: {
    required: ['id', 'link_id', 'link_type', 'link_entity'],
    fields: {
      id: 'uuid',
      link_id: 'uuid',
      taxonomy_term_id: 'uuid',
      link_type: 'text',
      link_entity: 'text',
      value: 'text',
      taxonomy_term: { one: 'taxonomy_term' },
    },
  },
  taxonomy_term: {
    required: ['id', 'name', 'description'],
    fields: {
      id: 'uuid',
      code: 'text',
      name: 'text',
      description: 'text',
      taxonomy: { one: 'taxonomy' },
      taxonomy_id: 'uuid',
      language: 'text',
      term_uri: 'uri',
    },
  },
  taxonomy: {
    required: ['id', 'name', 'description'],
    fields: { id: 'uuid', name: 'text', description: 'text', uri: 'uri' },
  },
}

function schemaOf(field: Field): object {
  if (typeof field === 'string') {
    if (field === 'number') return { type: 'number' }
    return field === 'text' ? { type: 'string', minLength: 1 } : { type: 'string', format: field }
  }
  if ('list' in field) return { type: 'array', items: { $ref: `${field.list}.json` } }
  return 'one' in field ? { $ref: `${field.one}.json` } : { enum: field }
}

/** What is wrong with an HSDS service; empty when nothing is. */
export function hsdsValidator(): (record: unknown) => string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  for (const [name, { required, fields }] of Object.entries(OBJECTS))
    ajv.addSchema({
      $id: `${name}.json`,
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required,
      properties: Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, schemaOf(type)])),
      additionalProperties: false,
    })
  const validate = ajv.getSchema('service.json')
  if (validate === undefined) throw new Error('no schema of a service')
  return (record) => {
    void validate(record)
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    )
  }
}
