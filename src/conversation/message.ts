/** One message as a channel sends it: already in the person's language, already inside the channel's limits. */
export interface Choice {
  /** What comes back when it is pressed: at most 64 bytes. */
  id: string
  label: string
}

export interface Message {
  text: string
  choices: readonly Choice[]
  /**
   * buttons: up to 3, beside the message. list: up to 10, behind one button named `listLabel`. none: the choices stand
   * as numbered lines in the text.
   */
  layout: 'buttons' | 'list' | 'none'
  listLabel?: string
  /** The same words as a voice message, which is sent by itself after this one: `ar/menu.start`. */
  voice?: string
  /** Also offer the platform's own "share my location" control, with this label. */
  placeLabel?: string
}

/** Published limits, in characters unless said otherwise (reference: channels.md sections 2 and 3). */
export const LIMITS = {
  whatsapp: {
    text: 1024,
    buttons: 3,
    buttonLabel: 20,
    rows: 10,
    rowLabel: 24,
    listLabel: 20,
    choiceBytes: 200,
  },
  telegram: {
    text: 4096,
    buttons: 100,
    buttonLabel: 64,
    rows: 100,
    rowLabel: 64,
    listLabel: 64,
    choiceBytes: 64,
  },
} as const
