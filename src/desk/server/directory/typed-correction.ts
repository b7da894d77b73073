import type { Pack } from '../../../directory/pack/pack.ts'
import type { CorrectionPost, FormField } from '../../directory-wire.ts'

/**
 * Numbers and hours as somebody typed them, read like the cells of a list that is imported: "044 123 45 67" gets its country's
 * code, "Mon-Fri 9:00-17:00" becomes the notation. What reads them is heavy and seldom needed, so it is loaded with the first
 * correction.
 */
type Form = Omit<CorrectionPost, 'note'>
export type Typed = { form: Form } | { wrong: { field: FormField; detail: string }[] }

export async function readTyped(
  form: Form,
  { country, fictional }: Pick<Pack, 'country' | 'fictional'>,
): Promise<Typed> {
  const wrong: { field: FormField; detail: string }[] = []
  const { hours } = form
  const [{ readPhones }, { readHours }] = await Promise.all([
    import('../../../directory/import/cells/phones.ts'),
    import('../../../directory/import/cells/hours-in-words.ts'),
  ])

  function numberIn({ kind, from, to }: NonNullable<Form['numbers']>[number]): string {
    if (to.trim() === '' || to === from) return to
    const international = !fictional && (kind === 'whatsapp' || kind === 'sms')
    const { numbers, faults, extension } = readPhones(to, { country, fictional, international })
    const [fault = 'notANumber'] = faults
    const [number] = numbers
    if (number !== undefined && numbers.length === 1 && faults.length === 0 && !extension) return number
    wrong.push({ field: 'numbers', detail: FAULTS[fault] })
    return to
  }

  const numbers = form.numbers?.map((one) => ({ ...one, to: numberIn(one) }))
  if (wrong.length > 0) return { wrong }
  const read = hours === undefined || hours.trim() === '' ? undefined : readHours(hours.trim())
  return {
    form: {
      ...form,
      ...(numbers === undefined ? {} : { numbers }),
      // What is not understood goes on as it was typed, and the directory's own rules say what is wrong with it.
      ...(read !== undefined && 'osm' in read ? { hours: read.osm } : {}),
    },
  }
}

const FAULTS = {
  words: 'It has words that are not understood. Write the number alone.',
  fax: 'It is the number of a fax.',
  exponent: 'It was changed by a spreadsheet. Write it anew.',
  notANumber: 'It is not one number that can be dialled.',
  tooShort: 'It is too short.',
  needsCode: "It needs its country's code.",
  notInPlan: 'The country has no such number.',
} as const
