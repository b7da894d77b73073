import { describe, expect, test } from 'vitest'
import {
  isPersonalMailbox,
  mayBeName,
  mayBePersonalMailbox,
  personalIn,
} from '../../../src/directory/checks/personal-data.ts'

describe('a text holds', () => {
  test.each([
    '050 123 45 67',
    '+380501234567',
    'Tel0501234567',
    'ask at ٠٧٧٠١٢٣٤٥٦٧',
    '050–123–45–67',
    '050‑123‑45‑67',
    '050−123−45−67',
    '050\u200b123\u200b45\u200b67',
    '050/123/45/67',
    '050 / 123 / 45 / 67',
    '050 - 123 - 45 - 67',
    '(050) - 123-45-67',
    '770/123/4567',
    '０５０１２３４５６７',
    '44.12.34.567',
    'Open 08:00-16:00, 044 123 45 67',
    '01/10/2026 050 123 45 67',
    '0812 1234 12-13',
  ])('a number: %s', (text) => expect(personalIn(text)).toBe('a phone number'))

  test.each([
    'first.last@example.org',
    'amina＠ngo.org',
    'info@пошта.укр',
    'fatima (at) ngo.org',
    'fatima [at] ngo.org',
    'fatima @ ngo.example.org',
    'fati\u200bma@\u200bngo.org',
    'दीपा@उदाहरण.भारत',
  ])('a mailbox: %s', (text) => expect(personalIn(text)).toBe('an e-mail address'))

  test.each([
    'MR. AMINA HASSAN',
    'DR. ALI',
    'MRS FATIMA',
    'Dr Example',
    'Contact: Amina Hassan (GBV officer).',
    'Focal point: Amina Hassan and her team',
    'CONTACT PERSON: AMINA HASSAN',
    'Контактна особа: Олена Коваль',
    'Personne de contact : Awa Diop',
  ])('a name: %s', (text) => expect(personalIn(text)).toBe("a person's name"))

  test.each([
    'Mo-Fr 08:00-12:00,13:00-16:00; Sa[1] 09:00-12:00; PH off',
    'Mon-Fri 08.00-16.00',
    '8 - 12 / 13 - 17',
    '8-12 13-17',
    '08.00 - 12.00 / 13.00 - 17.00',
    'Пн-Пт 9.00–18.00, Сб 10.00–14.00',
    'من ٨:٠٠ إلى ١٦:٠٠',
    'Open since 2026-01-01, 08:00-16:00.',
    'From 01/10/2026 to 31.12.2026',
    '01/10/2026 - 31/12/2026',
    '10/2026 - 12/2026',
    'Project of 2024-2026',
    '24/7, 365 days',
    '24/7/365 112 102',
    'Police 102, ambulance 103, children 116 111',
    '116 123 / 116 111',
    '112/102/103',
    '15-47 / 15-45',
    'Law 1257/2008 and 2229/2017',
    'Loi 2008/2011',
    '10 000 - 15 000 UAH',
    '1 000 000 FCFA',
    '1000-1500 UAH a month',
    'For people from 12 to 24, rooms 101 - 105 / 201 - 205',
    'Calle 26 # 59-51, piso 2',
    '38.1800, 72.3800',
    'Ask for the nurse, or talk to a friend.',
    'Contact: Red Cross',
    'Contact: Protection Officer',
    'Contact: the nurse at the gate',
    'DR Congo, MS Word',
    'For people from DR CONGO',
    'Meet @ the door. Open',
    'Come at 9 (at the gate).',
  ])('nothing personal: %s', (text) => expect(personalIn(text)).toBeUndefined())
})

describe('a mailbox', () => {
  test.each([
    'first.last@example.org',
    'some_body@example.org',
    'amina.hassan85@gmail.com',
    'maria.jose.lopez@example.org',
    'fatima-ali@example.org',
    'олена.коваль@пошта.укр',
  ])('of a person: %s', (address) => expect(isPersonalMailbox(address)).toBe(true))
  test.each([
    ['help@example.org'],
    ['legal-aid@example.org'],
    ['gbv.team2@example.org'],
    ['info-kyiv@example.org'],
    ['case_management@example.org'],
    ['la-strada@lastrada.example.org'],
    ['blue.lantern@example.org', 'Blue Lantern'],
  ])('of a service: %s', (address, known = '') => expect(isPersonalMailbox(address, known)).toBe(false))

  test.each(['ahassan@gmail.com', 'amina85@ukr.net', 'a.h@yahoo.co.uk', 'kovalenko@wp.pl'])(
    'that may be of a person: %s',
    (address) => expect(mayBePersonalMailbox(address, 'Example NGO')).toBe(true),
  )
  test.each([
    ['womencentre.kharkiv@gmail.com', ''],
    ['example2015@gmail.com', 'Example NGO'],
    ['bls.kyiv@ukr.net', 'Blue Lantern Society'],
    ['hotline@gmail.com', ''],
    ['ahassan@example.org', ''],
  ])('that is not: %s', (address, known) => expect(mayBePersonalMailbox(address, known)).toBe(false))
})

describe('who checked a service', () => {
  test.each(['Amina Hassan', 'AMINA HASSAN', 'Олена Коваль', 'María José López', "Aïcha N'Diaye"])(
    'may be a person: %s',
    (text) => expect(mayBeName(text, 'Example NGO')).toBe(true),
  )
  test.each([
    'IM officer',
    'Demo desk',
    'GBV Coordinator',
    'Case Manager',
    'Protection Officer',
    'Red Cross',
    'La Strada',
    'Blue Lantern',
    'Координатор Програми',
    'Équipe Protection',
    'Trabajadora Social',
    'UNHCR',
    'IRC MSF',
    'Amina',
    '',
  ])('is a role or an organisation: %s', (text) =>
    expect(mayBeName(text, 'Blue Lantern Society')).toBe(false),
  )
})
