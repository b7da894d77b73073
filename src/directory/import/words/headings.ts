import { AR } from './headings/ar.ts'
import { EN } from './headings/en.ts'
import { ES } from './headings/es.ts'
import { FR } from './headings/fr.ts'
import { UK } from './headings/uk.ts'

/**
 * How organisations call the template's columns, by language. Compared without case, accents, punctuation and what stands in
 * brackets; several names are separated by a bar. Columns of text stand without their language.
 */
export type HeadingLanguage = 'en' | 'fr' | 'es' | 'ar' | 'uk'

export const HEADINGS: Readonly<Record<HeadingLanguage, Readonly<Record<string, string>>>> = {
  en: EN,
  fr: FR,
  es: ES,
  ar: AR,
  uk: UK,
}

/** Numbers of rows: they change with the order of the rows, so they name nothing. */
export const ROW_NUMBERS =
  'no|nr|number|serial number|s n|sn|row|row number|line|numéro|n|n°|numéro de ligne|número|número de fila|الرقم|رقم|م|т|ت|№|номер|пп|п п'

/** By one of these an export of Kobo or ODK is known. */
export const FROM_KOBO =
  /^(?:_(?:submission_time|uuid|id|index)|__version__|formhub\/uuid|submissiondate|submitterid|meta[-/]instanceid|instanceid|deviceid|subscriberid|simserial)$/iu
/** What they add of their own: who sent it from which phone, and when. */
export const OF_KOBO =
  /^(?:_(?:id|uuid|submission_time|validation_status|notes|status|submitted_by|tags|index|version_*|xform_id_string|attachments|geolocation_of_sender|parent_\w+|submission_\w+)|__version__|start|end|today|deviceid|subscriberid|simserial|phonenumber|username|audit|formhub\/uuid|meta\/\w+|instanceid|rootuuid|simid|device_id|submissiondate|submitter(?:id|name)|attachments(?:present|expected)|reviewstate|formversion|meta-instance\w+|key|edits)$/iu
