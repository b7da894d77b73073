import { checkFields, checkLength, type Fields, may, need } from './fields.ts'
import { type GraphAnswer, isObject, type Payload, refuse } from './graph-answer.ts'

/** Meta's limits on reply buttons, lists and the request for a location. Of headers only those of text are played. */
export interface Button {
  id: string
  label: string
  /** Of a row of a list. */
  description?: string
}

interface Interactive {
  kind: 'button' | 'list' | 'location_request_message'
  text: string
  buttons: Button[]
}

const FIELDS: Readonly<Record<Interactive['kind'], Fields>> = {
  button: {
    type: need('text'),
    header: may('object'),
    body: need('object'),
    footer: may('object'),
    action: need('object'),
  },
  list: {
    type: need('text'),
    header: may('object'),
    body: need('object'),
    footer: may('object'),
    action: need('object'),
  },
  location_request_message: { type: need('text'), body: need('object'), action: need('object') },
}

const isKind = (type: unknown): type is Interactive['kind'] =>
  typeof type === 'string' && Object.hasOwn(FIELDS, type)

export function readInteractive(interactive: unknown): Interactive | GraphAnswer {
  if (!isObject(interactive)) return refuse(131008, 'interactive is missing')
  const { type: kind, header, body, footer, action } = interactive
  if (!isKind(kind)) return refuse(100, 'The fake does not play this interactive.type')
  const wrong =
    checkFields('interactive', interactive, FIELDS[kind]) ??
    checkHeader(header) ??
    checkWords('interactive.body', body, 1024) ??
    (footer === undefined ? undefined : checkWords('interactive.footer', footer, 60))
  if (wrong !== undefined) return wrong
  const buttons = isObject(action) ? readAction(kind, action) : []
  if (!Array.isArray(buttons)) return buttons
  return { kind, text: isObject(body) ? String(body['text']) : '', buttons }
}

function checkHeader(header: unknown): GraphAnswer | undefined {
  if (!isObject(header)) return undefined
  if (header['type'] !== 'text') return refuse(100, 'The fake plays no interactive.header but that of text')
  return (
    checkFields('interactive.header', header, { type: need('text'), text: need('text') }) ??
    checkLength('interactive.header.text', header['text'], 60)
  )
}

function checkWords(path: string, words: unknown, most: number): GraphAnswer | undefined {
  if (!isObject(words)) return undefined
  return checkFields(path, words, { text: need('text') }) ?? checkLength(`${path}.text`, words['text'], most)
}

function readAction(kind: Interactive['kind'], action: Payload): Button[] | GraphAnswer {
  switch (kind) {
    case 'button':
      return (
        checkFields('interactive.action', action, { buttons: need('list') }) ?? readButtons(action['buttons'])
      )
    case 'list':
      return (
        checkFields('interactive.action', action, { button: need('text'), sections: need('list') }) ??
        checkLabel('interactive.action.button', action['button'], 20) ??
        readSections(action['sections'])
      )
    default:
      return (
        checkFields('interactive.action', action, { name: need('text') }) ??
        (action['name'] === 'send_location'
          ? []
          : refuse(131009, 'interactive.action.name must be send_location'))
      )
  }
}

function readButtons(list: unknown): Button[] | GraphAnswer {
  const entries = Array.isArray(list) ? (list as unknown[]) : []
  if (entries.length < 1 || entries.length > 3) return refuse(131009, 'Buttons are 1 to 3')
  const buttons: Button[] = []
  for (const entry of entries) {
    if (!isObject(entry)) return refuse(100, 'A button has the wrong type')
    const { type, reply } = entry
    const outer = checkFields('button', entry, { type: need('text'), reply: need('object') })
    if (outer !== undefined) return outer
    if (type !== 'reply' || !isObject(reply)) return refuse(131009, 'button.type must be reply')
    const wrong =
      checkFields('button.reply', reply, { id: need('text'), title: need('text') }) ??
      checkId('button.reply.id', reply['id'], 256) ??
      checkLabel('button.reply.title', reply['title'], 20)
    if (wrong !== undefined) return wrong
    buttons.push({ id: String(reply['id']), label: String(reply['title']) })
  }
  if (repeats(buttons.map(({ id }) => id))) return refuse(131009, 'Two buttons have one id')
  return repeats(buttons.map(({ label }) => label)) ? refuse(131009, 'Two buttons have one title') : buttons
}

function readSections(list: unknown): Button[] | GraphAnswer {
  const sections = Array.isArray(list) ? (list as unknown[]) : []
  if (sections.length < 1 || sections.length > 10) return refuse(131009, 'Sections are 1 to 10')
  const rows: Button[] = []
  for (const section of sections) {
    if (!isObject(section)) return refuse(100, 'A section has the wrong type')
    const { title, rows: own } = section
    const wrong =
      checkFields('section', section, {
        title: may('text'),
        rows: need('list'),
        product_items: 'not played',
      }) ?? (title === undefined ? undefined : checkLabel('section.title', title, 24))
    if (wrong !== undefined) return wrong
    if (title === undefined && sections.length > 1)
      return refuse(131008, 'Of several sections each has a title')
    if (!Array.isArray(own) || own.length === 0) return refuse(131009, 'A section has no rows')
    for (const row of own as unknown[]) {
      const read = readRow(row)
      if ('status' in read) return read
      rows.push(read)
    }
  }
  if (rows.length > 10) return refuse(131009, 'Rows are 1 to 10 over all sections')
  return repeats(rows.map(({ id }) => id)) ? refuse(131009, 'Two rows have one id') : rows
}

function readRow(row: unknown): Button | GraphAnswer {
  if (!isObject(row)) return refuse(100, 'A row has the wrong type')
  const { id, title, description } = row
  const wrong =
    checkFields('row', row, { id: need('text'), title: need('text'), description: may('text') }) ??
    checkId('row.id', id, 200) ??
    checkLabel('row.title', title, 24) ??
    (description === undefined ? undefined : checkLength('row.description', description, 72))
  if (wrong !== undefined) return wrong
  const button = { id: String(id), label: String(title) }
  return typeof description === 'string' ? { ...button, description } : button
}

function checkId(path: string, id: unknown, most: number): GraphAnswer | undefined {
  const wrong = checkLength(path, id, most)
  if (wrong !== undefined || typeof id !== 'string') return wrong
  return id === id.trim() ? undefined : refuse(131009, `${path} begins or ends with a blank`)
}

/** Labels may hold emoji, but no line break and no markup: it would be shown as it is. */
function checkLabel(path: string, label: unknown, most: number): GraphAnswer | undefined {
  const wrong = checkLength(path, label, most)
  if (wrong !== undefined || typeof label !== 'string') return wrong
  return /[\n\r*_~`]/.test(label) ? refuse(131009, `${path} holds a line break or markup`) : undefined
}

function repeats(values: string[]): boolean {
  return new Set(values).size < values.length
}
