import { me } from '../../state/store.ts'
import { change } from '../../state/session.ts'
import { LANGUAGES } from '../../../languages.ts'
import { language, speak, t } from '../../wording.ts'

/** The desk's language; kept with the account once there is one. */

export function LanguageChoice() {
  return (
    <label class="choice">
      <span>{t('language')}</span>
      <select
        value={language.value}
        onChange={({ currentTarget: { value } }) => {
          // The account first: what is asked for anew comes in its language.
          if (me.value === undefined) void speak(value)
          else void change({ language: value }).then(() => speak(value))
        }}
      >
        {LANGUAGES.map(({ tag, name }) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
