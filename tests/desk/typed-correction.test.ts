import { expect, test } from 'vitest'
import { readTyped } from '../../src/desk/server/directory/typed-correction.ts'

/** Numbers as people of a country write them; none of these is anybody's. */
const ukraine = { country: 'UA', fictional: false }
const number = (to: string, kind: 'phone' | 'whatsapp' = 'phone') =>
  readTyped({ numbers: [{ kind, from: '', to }] }, ukraine)

test.each([
  ['044 000 0000', '+380 44 000 0000'],
  ['+380 (44) 000-00-00', '+380 44 000 0000'],
  ['tel. 044 000 0000', '+380 44 000 0000'],
  // A short code never gets a code of the country.
  ['1500', '1500'],
])('%s is read as %s', async (typed, read) => {
  expect(await number(typed)).toMatchObject({ form: { numbers: [{ to: read }] } })
})

test.each(['ask for the nurse', '12', '044 000 0000, 044 000 0001', '044 000 0000 ext 5', '3.80E+11'])(
  '%s is not taken for a number',
  async (typed) => {
    expect(await number(typed)).toMatchObject({ wrong: [{ field: 'numbers' }] })
  },
)

test('a message needs the code of the country', async () => {
  expect(await number('1500', 'whatsapp')).toMatchObject({ wrong: [{ field: 'numbers' }] })
})

test('a number that is taken out stays empty, and hours that nobody understands stay as they were typed', async () => {
  const form = { numbers: [{ kind: 'phone' as const, from: '1500', to: '' }], hours: 'mornings' }
  expect(await readTyped(form, ukraine)).toEqual({ form })
})
