import { useSignal } from '@preact/signals'
import type { QueueEntry } from '../../../../handoff/handoff.ts'
import type { Phrase } from '../../../wire.ts'
import { directionOf, languageName, named, t } from '../../wording.ts'
import { useAsked } from '../asked.ts'
import { Asking } from '../asking.tsx'
import { PhraseRow } from './phrase-row.tsx'
import { NothingFound, SearchField } from '../search-field.tsx'

/** Reviewed lines in the person's language, each beside what it means in the caseworker's. */

export function PhraseBook({ one }: { one: QueueEntry }) {
  const asked = useAsked<{ phrases: Phrase[] }>('phrases', {
    language: one.language,
  })
  const filter = useSignal('')
  const wanted = plain(filter.value)
  const phrases = (asked.value.value?.phrases ?? []).filter(({ text, meaning, group }) =>
    plain(`${named('phrases.group', group)} ${meaning} ${text}`).includes(wanted),
  )
  const translated = phrases.some(({ text, meaning }) => text !== meaning)
  const groups = [...new Set(phrases.map(({ group }) => group))]
  return (
    <div class="tools-body">
      <SearchField label={t('phrases.filter')} text={filter} />
      <p class="quiet small">
        {t(translated ? 'phrases.about' : 'phrases.aboutPlain', { language: languageName(one.language) })}
      </p>
      <Asking asked={asked.value} />
      {groups.map((group) => (
        <section key={group}>
          <h3>
            <bdi>{named('phrases.group', group)}</bdi>
          </h3>
          <ul class="phrases">
            {phrases
              .filter((phrase) => phrase.group === group)
              .map((phrase) => (
                <PhraseRow
                  key={phrase.id}
                  phrase={phrase}
                  one={one}
                  language={one.language}
                  direction={directionOf(one.language)}
                />
              ))}
          </ul>
        </section>
      ))}
      {asked.value.value !== undefined && phrases.length === 0 && <NothingFound />}
    </div>
  )
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
