import { signal } from '@preact/signals'

/** The service that was just closed. */
export const lastService = signal<string | undefined>(undefined)
