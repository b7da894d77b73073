/** What a person types, from a first hello, to be somewhere. Each word is answered by one message. */
export const TO_MENU = ['hello', 'yes', 'I understand'] as const

/** From the menu to a request that waits for a caseworker: no nudge while she is away, and no check phrase. */
export const TO_A_CASEWORKER = [
  'talk',
  'go on',
  'go on',
  'go on',
  'yes',
  '1',
  '2',
  '2',
  'without words',
] as const
