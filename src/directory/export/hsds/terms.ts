import type { Service } from '../../service.ts'
import { uuidOf } from './uuid-v5.ts'

/** What a service is by our own lists of words, as attributes that point to terms of a taxonomy each. */
export interface Attribute {
  id: string
  link_id: string
  link_entity: 'service'
  link_type: string
  value: string
  taxonomy_term: {
    id: string
    code: string
    name: string
    description: string
    taxonomy: { id: string; name: string; description: string }
  }
}

/** By the name under which an importer knows them again. */
export const TAXONOMIES = {
  'lantern-gbv-services': 'What the service does',
  'lantern-audience': 'For whom the service is',
  'lantern-access': 'How a person gets to the service',
  'lantern-accessibility': 'What there is for people with disabilities',
  'lantern-documents': 'Whether papers are needed',
  'lantern-cost': 'What the service costs',
  'lantern-coverage': 'For whom the service is in reach',
  'lantern-staff': 'Who works there',
} as const
export type TaxonomyName = keyof typeof TAXONOMIES

export function attributesOf(service: Service, link: string): Attribute[] {
  const given: Readonly<Record<TaxonomyName, readonly string[]>> = {
    'lantern-gbv-services': service.categories,
    'lantern-audience': service.serves,
    'lantern-access': service.access,
    'lantern-accessibility': service.accessibility,
    'lantern-documents': service.documents === 'unknown' ? [] : [service.documents],
    'lantern-cost': service.cost === 'unknown' ? [] : [service.cost],
    'lantern-coverage': [service.area.coverage],
    'lantern-staff': [
      ...(service.gbvTrained === 'yes' ? ['gbv_trained'] : []),
      ...(service.femaleStaff === true ? ['female_staff'] : []),
    ],
  }
  return Object.entries(TAXONOMIES).flatMap(([name, about]) =>
    [...new Set(given[name as TaxonomyName])].map((code) => ({
      id: uuidOf(link, 'attribute', name, code),
      link_id: link,
      link_entity: 'service' as const,
      link_type: name.replace('lantern-', '').replaceAll('-', '_'),
      value: code,
      taxonomy_term: {
        id: uuidOf('term', name, code),
        code,
        name: code.replaceAll('_', ' '),
        description: `${about}: ${code.replaceAll('_', ' ')}`,
        taxonomy: { id: uuidOf('taxonomy', name), name, description: about },
      },
    })),
  )
}
