import type { Look } from '../../../../flows/context.ts'
import { ArrowGroup } from './arrow-group.tsx'
import { Icon, type IconName } from './icons.tsx'
import type { Bubble } from './memory.ts'
import { clockTime } from './wording.ts'

/** One message as the platform shows it, with what can be pressed below it. */

export interface Presses {
  choice: (id: string, label: string) => void
  list: (bubble: Bubble) => void
  place: () => void
}

interface Props {
  bubble: Bubble
  look: Look
  contactName: string
  presses: Presses
}

export function BubbleView({ bubble, look, contactName, presses }: Props) {
  return (
    <li class={`bubble from-${bubble.from}`} data-tag={bubble.tag}>
      <div class="paper">
        <span class="unseen">{bubble.from === 'contact' ? `${contactName}: ` : 'You: '}</span>
        {bubble.sign !== 'text' && <Icon name={bubble.sign === 'place' ? 'place' : 'photo'} />}
        {bubble.message?.voice === undefined ? (
          <span class="text" dir="auto">
            {bubble.text}
          </span>
        ) : (
          <audio
            controls
            preload="none"
            src={`/simulator/voice/${bubble.message.voice}`}
            aria-label="Voice message"
          />
        )}
        <Stamp bubble={bubble} />
      </div>
      {bubble.message !== undefined && <Pressable bubble={bubble} look={look} presses={presses} />}
    </li>
  )
}

function Stamp({ bubble }: { bubble: Bubble }) {
  const [icon, words]: [IconName, string] =
    bubble.refused === true
      ? ['failed', 'Not sent']
      : bubble.at === undefined
        ? ['waiting', 'Waiting']
        : ['sent', 'Sent']
  return (
    <span class="stamp">
      {bubble.at !== undefined && <time>{clockTime(bubble.at)}</time>}
      {bubble.from === 'person' && (
        <>
          <Icon name={icon} />
          <span class="unseen">{words}</span>
        </>
      )}
    </span>
  )
}

/** WhatsApp opens a list behind one button and asks for a place under the message; Telegram shows all in a keyboard. */
function Pressable({ bubble, look, presses }: { bubble: Bubble; look: Look; presses: Presses }) {
  const { message } = bubble
  if (message === undefined) return null
  const asList = message.layout === 'list' && look === 'whatsapp'
  const choices = message.layout === 'none' || asList ? [] : message.choices
  const asksPlace = message.placeLabel !== undefined && look === 'whatsapp'
  if (choices.length === 0 && !asList && !asksPlace) return null
  return (
    <ArrowGroup label="Answers" class="answers">
      {(tabIndex) => (
        <>
          {choices.map(({ id, label }, position) => (
            <button
              type="button"
              key={id}
              tabIndex={tabIndex(position)}
              dir="auto"
              onClick={() => presses.choice(id, label)}
            >
              {label}
            </button>
          ))}
          {asList && (
            <button
              type="button"
              tabIndex={tabIndex(0)}
              dir="auto"
              aria-haspopup="dialog"
              onClick={() => presses.list(bubble)}
            >
              <Icon name="list" />
              {message.listLabel}
            </button>
          )}
          {asksPlace && (
            <button
              type="button"
              tabIndex={tabIndex(choices.length + (asList ? 1 : 0))}
              dir="auto"
              aria-haspopup="dialog"
              onClick={presses.place}
            >
              <Icon name="place" />
              {message.placeLabel}
            </button>
          )}
        </>
      )}
    </ArrowGroup>
  )
}
