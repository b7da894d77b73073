import { signal } from '@preact/signals'
import { alert, announce } from './notices.ts'
import { alarms, me, openId, type Watched, watched } from './store.ts'
import { clockTime } from '../times.ts'
import { t } from '../wording.ts'

/**
 * How the desk asks to be looked at: words for screen readers always; a short tone and a notification of the system only
 * when the caseworker switched them on here. A notification never says what happened, and the title never changes.
 */

export const sound = signal(false)
export const notifications = signal(false)

let audio: AudioContext | undefined

/** Called from a click: browsers make no sound before one. */
export function switchSound(on: boolean): void {
  sound.value = on
  if (!on) return
  audio ??= new AudioContext()
  void audio.resume()
  tone(660)
}

export async function switchNotifications(on: boolean): Promise<void> {
  notifications.value =
    on && 'Notification' in window && (await Notification.requestPermission()) === 'granted'
}

export function newCaseArrived(): void {
  announce(t('heard.newCase'))
  if (me.value?.onShift === true) call(520)
}

export function newWordsArrived(id: string, n: number): void {
  // The thread that is open is read out itself.
  if (openId.value !== id) announce(t('heard.newWords', { n, id }))
  call(660)
}

export function alarmed(id: string, why: 'unanswered' | 'released'): void {
  alarms.value = [...alarms.value.filter((one) => one.id !== id), { id, why }]
  alert(t(`alarm.${why}`, { id }))
  call(880)
}

/** Somebody reads a case for a stated reason, or was stopped. */
export function watching(event: Watched): void {
  watched.value = [...watched.value.filter(({ kind, id }) => kind !== event.kind || id !== event.id), event]
  alert(
    event.kind === 'tripwire'
      ? t('tripwire.heard', { name: event.name })
      : t('glass.heard', { name: event.name, id: event.id, time: clockTime(event.until) }),
  )
  call(740)
}

export function offered(): void {
  alert(t('offer.heard'))
  call(780)
}

function call(pitch: number): void {
  if (sound.value) tone(pitch)
  if (notifications.value && document.visibilityState === 'hidden')
    void new Notification('Desk', { body: t('heard.notification'), tag: 'desk' })
}

/** A third of a second, soft at both ends. */
function tone(pitch: number): void {
  if (audio === undefined) return
  const start = audio.currentTime
  const voice = audio.createOscillator()
  const volume = audio.createGain()
  voice.type = 'sine'
  voice.frequency.value = pitch
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(0.12, start + 0.04)
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.34)
  voice.connect(volume).connect(audio.destination)
  voice.start(start)
  voice.stop(start + 0.36)
}
