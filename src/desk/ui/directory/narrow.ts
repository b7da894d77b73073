import { signal } from '@preact/signals'

/** Whether there is no room for a table: cards stand in its place. */
const query = matchMedia('(max-width: 61.99rem)')

export const narrow = signal(query.matches)
query.addEventListener('change', () => (narrow.value = query.matches))
