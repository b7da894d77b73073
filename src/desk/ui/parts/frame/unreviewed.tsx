import { me } from '../../state/store.ts'
import { languageName, locale, t } from '../../wording.ts'

/** Stays for as long as people are served in words that nobody has reviewed. */

export function Unreviewed() {
  const tags = me.value?.unreviewed ?? []
  if (tags.length === 0) return null
  const list = new Intl.ListFormat(locale(), { type: 'conjunction' })
  return <p class="quiet unreviewed">{t('unreviewed', { languages: list.format(tags.map(languageName)) })}</p>
}
