import { useSignal } from '@preact/signals'
import type { Message } from '../../../conversation/message.ts'
import type { PlaceOffered } from '../wire.ts'
import { ArrowGroup } from './arrow-group.tsx'
import { Icon } from './icons.tsx'
import { Sheet } from './sheet.tsx'

/** The three sheets of a phone: the rows of a list, what can be attached, and a place to share. */

export function ListSheet({
  message,
  onPick,
  onClose,
}: {
  message: Message
  onPick: (id: string, label: string) => void
  onClose: () => void
}) {
  const label = message.listLabel ?? ''
  return (
    <Sheet label={label} onClose={onClose}>
      <ArrowGroup label={label} class="rows">
        {(tabIndex) =>
          message.choices.map((choice, position) => (
            <button
              type="button"
              key={choice.id}
              tabIndex={tabIndex(position)}
              onClick={() => onPick(choice.id, choice.label)}
            >
              <span dir="auto">{choice.label}</span>
              <span class="ring" aria-hidden="true" />
            </button>
          ))
        }
      </ArrowGroup>
    </Sheet>
  )
}

export type Attachment = 'place' | 'photo' | 'voice'

const ATTACHMENTS: readonly { what: Attachment; words: string }[] = [
  { what: 'place', words: 'Location' },
  { what: 'photo', words: 'Photo' },
  { what: 'voice', words: 'Voice note' },
]

export function AttachSheet({
  onPick,
  onClose,
}: {
  onPick: (what: Attachment) => void
  onClose: () => void
}) {
  return (
    <Sheet label="Attach" onClose={onClose}>
      <ArrowGroup label="Attach" class="attachments">
        {(tabIndex) =>
          ATTACHMENTS.map(({ what, words }, position) => (
            <button type="button" key={what} tabIndex={tabIndex(position)} onClick={() => onPick(what)}>
              <Icon name={what} />
              {words}
            </button>
          ))
        }
      </ArrowGroup>
    </Sheet>
  )
}

export function PlaceSheet({
  places,
  onShare,
  onClose,
}: {
  places: readonly PlaceOffered[]
  onShare: (place: { lat: number; lon: number }, words: string) => void
  onClose: () => void
}) {
  const [first] = places
  const chosen = useSignal(first?.name ?? '')
  const lat = useSignal(String(first?.lat ?? 0))
  const lon = useSignal(String(first?.lon ?? 0))

  function choose(name: string): void {
    chosen.value = name
    const place = places.find((one) => one.name === name)
    if (place === undefined) return
    lat.value = String(place.lat)
    lon.value = String(place.lon)
  }

  function share(event: Event): void {
    event.preventDefault()
    const place = { lat: Number(lat.value), lon: Number(lon.value) }
    onShare(place, chosen.value === '' ? `${place.lat}, ${place.lon}` : chosen.value)
  }

  return (
    <Sheet label="Share a place" onClose={onClose}>
      <form class="place-form" onSubmit={share}>
        {places.length > 0 && (
          <label class="whole">
            Place
            <select value={chosen.value} onChange={(event) => choose(event.currentTarget.value)}>
              {places.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
              <option value="">Somewhere else</option>
            </select>
          </label>
        )}
        <Degrees words="Latitude" most={90} of={lat} onInput={() => (chosen.value = '')} />
        <Degrees words="Longitude" most={180} of={lon} onInput={() => (chosen.value = '')} />
        <button type="submit" class="primary whole">
          Share
        </button>
      </form>
    </Sheet>
  )
}

function Degrees({
  words,
  most,
  of,
  onInput,
}: {
  words: string
  most: number
  of: { value: string }
  onInput: () => void
}) {
  return (
    <label>
      {words}
      <input
        type="number"
        required
        step="any"
        min={-most}
        max={most}
        value={of.value}
        onInput={(event) => {
          of.value = event.currentTarget.value
          onInput()
        }}
      />
    </label>
  )
}
