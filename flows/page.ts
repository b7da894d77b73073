import { assign, setup } from 'xstate'
import type messages from '../locales/en/messages.json'
import { type Context, forgotten } from './context.ts'
import type { ConversationEvent } from './events.ts'
import { type Filter, filtersOn, switched } from './filters.ts'
import { AREAS_AT_ONCE, guards, type GuardName } from './guards.ts'

/**
 * The vocabulary in which every flow is written: a page is a state that shows one message; a choice leads to another
 * page. Message keys are typed from the English locale, so a page or a choice without words does not compile.
 */

type Messages = typeof messages
type Pages = Messages['pages']

export type PageKey = { [F in keyof Pages & string]: `${F}.${keyof Pages[F] & string}` }[keyof Pages & string]
type OwnLabels<K> = K extends `${infer F}.${infer P}`
  ? F extends keyof Pages
    ? P extends keyof Pages[F]
      ? Pages[F][P] extends { choices: infer C }
        ? keyof C & string
        : never
      : never
    : never
  : never
export type ChoiceId<K extends PageKey = PageKey> = OwnLabels<K> | (keyof Messages['choices'] & string)

/** Lists whose items come from the directory or the settings and stand before the page's own choices. */
export type ListName = 'languages' | 'packs' | 'areas' | 'services' | 'offers'

/**
 * What the page reads from free text: a place name, a span of time ("3 days"), a word of her own (only hashed), the check
 * phrase again (only compared), or what she writes to a caseworker.
 */
export type Asks = 'place' | 'elapsed' | 'ownWord' | 'checkPhrase' | 'phraseAgain' | 'person'

/**
 * What a flow wants done in the world; `step` makes full effects of these names. `show`: what came from the desk may be
 * on her screen now; without it the screen stays as it is.
 */
export type Want = 'leave' | 'wipe' | 'openCase' | 'tellDesk' | 'hereAgain' | 'endCase' | 'nudge' | 'show'

export interface Go {
  target?: string
  when?: GuardName
  set?: Partial<Context>
  /** Switches this filter on, or off again. */
  switch?: Filter
  want?: Want
  /** Runs this action first. */
  run?:
    | 'forget'
    | 'nameCase'
    | 'renameCase'
    | 'nextResults'
    | 'nextAreas'
    | 'noteTopic'
    | 'noteOffers'
    | 'noteUnclear'
    | 'pickArea'
}
export type Target = string | Go | readonly Go[]

export interface PageMeta {
  key: PageKey
  choices: readonly string[]
  list?: ListName
  asks?: Asks
  /** A sensitive page always carries the exit button. */
  sensitive: boolean
  /** Its choices count only while it is the page shown: an old message's button must not erase or consent. */
  onlyHere: boolean
  /** Choices that are shown only while a guard holds. */
  showIf: Readonly<Record<string, GuardName>>
}

export interface PageOptions {
  list?: ListName
  /** Where picking an item of `list` leads; the item is stored by the `pick` action of that list. */
  picked?: Target
  asks?: Asks
  /** Where the answer to `asks` leads. */
  answered?: Target
  /** Where an answer leads that was not understood; by default where everything goes that was not understood. */
  unread?: Target
  /** Default true: the page shows an exit button. */
  sensitive?: boolean
  /** Default false. */
  onlyHere?: boolean
  showIf?: Readonly<Record<string, GuardName>>
}

export const conversation = setup({
  types: { context: {} as Context, events: {} as ConversationEvent, input: {} as { context: Context } },
  actions: {
    set: assign(({ context }, params: Partial<Context>) => ({ ...letGo(context, params), ...params })),
    switchFilter: assign(({ context }, { filter }: { filter: Filter }) => ({
      filters: switched(context.filters, filter),
    })),
    /** Effects are data: `step` reads them from the returned actions and nothing runs here. */
    want: (_asked, _params: { want: Want }) => {},
    search: assign(({ context, event }) => ({
      results:
        context.need === ''
          ? []
          : [
              ...event.facts.search({
                pack: context.pack,
                need: context.need,
                area: context.area,
                filters: filtersOn(context.filters),
                language: context.language,
                young: context.young,
                ...(event.type === 'place' ? { near: event.place } : {}),
              }),
            ],
      offset: 0,
      service: '',
    })),
    pickLanguage: assign(({ event }) =>
      event.type === 'picked' ? { language: event.item, languageChosen: true } : {},
    ),
    pickPack: assign(({ event }) =>
      event.type === 'picked' ? { pack: event.item, area: '', areasFrom: 0 } : {},
    ),
    pickArea: assign(({ context, event }) => {
      const areasFrom = 0
      if (event.type === 'picked') return { area: event.item, areasFrom }
      if (event.type === 'area') return { area: event.area, areasFrom }
      if (event.type === 'place')
        return { area: event.facts.areaNear(context.pack, event.place) ?? '', areasFrom }
      return {}
    }),
    pickService: assign(({ event }) => (event.type === 'picked' ? { service: event.item } : {})),
    nextResults: assign(({ context }) => ({ offset: context.offset + 3 })),
    /** The next page of areas, and behind the last the first again. */
    nextAreas: assign(({ context, event }) => {
      const next = context.areasFrom + AREAS_AT_ONCE
      return { areasFrom: next < event.facts.areas(context.pack).length ? next : 0 }
    }),
    takeSecret: assign(({ event }, params: { slot: 'ownWord' | 'checkPhrase' }) =>
      event.type === 'secret' ? { [params.slot]: event.secret, ownWordMisses: 0 } : {},
    ),
    nameCase: assign(({ event }) => ({
      case: event.facts.newCase,
      caseState: 'waiting' as const,
      caseMinute: Math.floor(event.facts.now / 60_000),
    })),
    renameCase: assign(({ event }) => (event.type === 'caseIs' ? { case: event.case } : {})),
    forget: assign(({ context }) => forgotten(context)),
    noteTopic: assign(({ event }) =>
      event.type === 'disclosure' || event.type === 'danger' ? { topic: event.topic } : {},
    ),
    noteOffers: assign(({ event }) => (event.type === 'found' ? { offers: event.offers } : {})),
    noteUnclear: assign(({ context }) => ({ unclear: context.unclear + 1 })),
  },
  guards,
})

/** What another need, or being under 18, makes untrue of what was found before. */
function letGo(context: Context, { need, young }: Partial<Context>): Partial<Context> {
  return {
    ...(need === undefined || need === context.need ? {} : { filters: [] }),
    ...(young === true && !context.young ? { results: [], offset: 0, service: '' } : {}),
  }
}

const PICK = {
  languages: 'pickLanguage',
  packs: 'pickPack',
  areas: 'pickArea',
  services: 'pickService',
  offers: undefined,
} as const satisfies Record<ListName, string | undefined>

type Transition = {
  target?: string
  guard?: GuardName
  actions: readonly (string | { type: string; params: unknown })[]
  reenter?: boolean
}

/** Compiles one `Go` to the transition that XState runs; `before` actions run first (taking the picked item). */
function transition(go: Go, before: Transition['actions'] = []): Transition {
  return {
    ...(go.target === undefined ? {} : { target: go.target }),
    ...(go.when === undefined ? {} : { guard: go.when }),
    actions: [
      ...before,
      ...(go.run === undefined ? [] : [go.run]),
      ...(go.switch === undefined ? [] : [{ type: 'switchFilter', params: { filter: go.switch } }]),
      ...(go.set === undefined ? [] : [{ type: 'set', params: go.set }]),
      ...(go.want === undefined ? [] : [{ type: 'want', params: { want: go.want } }]),
    ],
  }
}

export function transitions(target: Target, before: Transition['actions'] = []) {
  const gos: readonly Go[] =
    typeof target === 'string'
      ? [{ target }]
      : Array.isArray(target)
        ? (target as readonly Go[])
        : [target as Go]
  return gos.map((go) => transition(go, before))
}

/**
 * One page: a message under `key` in messages.json and what each of its choices leads to, in the order shown.
 * A sensitive page (the default) also carries `exit`.
 */
export function page<K extends PageKey>(
  key: K,
  choices: Partial<Record<ChoiceId<K>, Target>>,
  options: PageOptions = {},
) {
  const on: Record<string, Transition[]> = {}
  for (const [id, target] of Object.entries(choices)) on[`choose.${id}`] = transitions(target as Target)
  if (options.list !== undefined && options.picked !== undefined) {
    const pick = PICK[options.list]
    on['picked'] = transitions(options.picked, pick === undefined ? [] : [pick])
  }
  if (options.asks === 'place' && options.answered !== undefined) {
    on['place'] = transitions(options.answered, ['pickArea'])
    on['area'] = transitions(options.answered, ['pickArea'])
  } else if (options.asks === 'elapsed' && options.answered !== undefined) {
    on['elapsed'] = transitions(options.answered)
  } else if (
    options.asks !== undefined &&
    (options.asks === 'ownWord' || options.asks === 'checkPhrase') &&
    options.answered !== undefined
  ) {
    on['secret'] = transitions(options.answered, [{ type: 'takeSecret', params: { slot: options.asks } }])
  }
  if (options.asks === 'phraseAgain' && options.answered !== undefined)
    on['phraseRight'] = transitions(options.answered)
  if (options.unread !== undefined) {
    on['unclear'] = transitions(options.unread, ['noteUnclear'])
    on['found'] = on['unclear']
  }
  const sensitive = options.sensitive ?? true
  const shown = Object.keys(choices)
  const meta: PageMeta = {
    key,
    choices: sensitive && !shown.includes('exit') ? [...shown, 'exit'] : shown,
    sensitive,
    onlyHere: options.onlyHere ?? false,
    showIf: options.showIf ?? {},
    ...(options.list === undefined ? {} : { list: options.list }),
    ...(options.asks === undefined ? {} : { asks: options.asks }),
  }
  return { meta, on } as unknown as PageState
}

/** Choices that most pages share. */
export const ways = { talk: '#talk', menu: '#menu' } as const

/** One flow: a file, a topic. `on` holds events that mean something special anywhere in it. */
export function flow<const S extends Record<string, object>>(
  id: string,
  initial: keyof S & string,
  states: S,
  on: Record<string, Target> = {},
) {
  const handlers = Object.fromEntries(
    Object.entries(on).map(([event, target]) => [event, transitions(target)]),
  )
  return conversation.createStateConfig({
    id,
    initial,
    states: states as Record<string, never>,
    on: handlers as never,
  })
}

/** The shape that XState's config types accept; the transitions inside are checked by walking the whole machine. */
export type PageState = { meta: PageMeta; on: Record<string, never> }

/** A state that shows nothing and goes on at once by the first guard that holds. */
export function junction(...gos: Go[]) {
  return { always: transitions(gos) as never }
}

/** A junction that searches the directory first, so that its guards see what was found. */
export function searching(...gos: Go[]) {
  return { entry: ['search'] as never, always: transitions(gos) as never }
}
