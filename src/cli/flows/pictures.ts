import { type Arrow, everywhere, type Place, type Room, rooms } from './arrows.ts'
import { FAINT, type Graph, joined, LINE, PAPER, svgOf } from './graph.ts'

/** Every picture of the conversation by its path under docs/: one of all flows, and one of each. */
export async function pictures(): Promise<Map<string, string>> {
  const all = rooms()
  const drawn = new Map([['flows.svg', await svgOf(overview(all, everywhere()), 'The flows of Lantern')]])
  for (const room of all)
    if (room.places.length > 0)
      drawn.set(`flows/${room.name}.svg`, await svgOf(pictureOf(room), `The flow ${room.name}`))
  return drawn
}

const flowOf = (path: string) => path.split('.')[0] ?? path

/** Flows and the ways between them. What leads to the same from everywhere stands in a box instead of in arrows. */
export function overview(all: readonly Room[], always: readonly Arrow[]): Graph {
  const between = all
    .flatMap(({ name, arrows }) => arrows.map(({ to }) => ({ from: name, to: flowOf(to), by: '' })))
    .filter(({ from, to }) => from !== to)
  const words = joined(always).map(({ to, by }) => `${by.join(', ')} → ${to}`)
  return {
    graphAttributes: { rankdir: 'LR', ranksep: 0.9, nodesep: 0.22 },
    nodes: [
      ...all.map(({ name, places }) => ({ name, attributes: flowNode(name, places) })),
      {
        name: 'everywhere',
        attributes: {
          shape: 'note',
          style: 'filled',
          fillcolor: PAPER,
          color: FAINT,
          fontsize: 11,
          margin: '0.2,0.1',
          label: { html: `<b>from every page</b><br align="left"/>${words.map(line).join('')}` },
        },
      },
    ],
    edges: joined(between).map(({ from, to }) => ({ tail: from, head: to, attributes: {} })),
  }
}

function flowNode(name: string, places: readonly Place[]) {
  const pages = places.filter(({ kind }) => kind === 'page').length
  if (pages === 0) return { label: name, style: 'rounded,dashed' }
  return {
    label: { html: `${name}<br/>${small(`${pages} pages`)}` },
    URL: `flows/${name}.svg`,
  }
}

/** One flow: its pages, what leads where, and the doors to other flows. */
export function pictureOf({ name, first, places, arrows }: Room): Graph {
  const own = new Set(places.map(({ path }) => path))
  const lines = joined(arrows)
  const doors = [...new Set(lines.map(({ to }) => to))].filter((to) => !own.has(to))
  const fromAnywhere = lines.some(({ from }) => from === name)
  return {
    graphAttributes: { rankdir: 'TB', ranksep: 0.6, nodesep: 0.3 },
    nodes: [
      ...places.map((place) => ({ name: place.path, attributes: placeNode(place, place.path === first) })),
      ...doors.map((door) => ({ name: door, attributes: doorNode(door) })),
      ...(fromAnywhere
        ? [{ name, attributes: { label: 'on every page here', shape: 'plain', style: '', fontcolor: FAINT } }]
        : []),
    ],
    edges: lines.map(({ from, to, by }) => ({
      tail: from,
      head: to,
      attributes: by.length === 0 ? {} : { label: by.map((one) => `  ${one}  `).join('\n') },
    })),
  }
}

function placeNode({ path, kind, ways }: Place, isFirst: boolean) {
  const short = path.slice(path.indexOf('.') + 1)
  if (kind === 'junction')
    return { label: short, shape: 'ellipse', style: 'filled', fillcolor: PAPER, color: FAINT, fontsize: 10 }
  const foot = ways.length === 0 ? '' : `<br/>${small(ways.join(' · '))}`
  return { label: { html: `${short}${foot}` }, ...(isFirst ? { penwidth: 2.5, color: LINE } : {}) }
}

function doorNode(door: string) {
  return {
    label: door,
    style: 'rounded,dashed',
    color: FAINT,
    fontcolor: FAINT,
    fontsize: 11,
    URL: `${flowOf(door)}.svg`,
  }
}

const small = (text: string) => `<font point-size="9" color="${FAINT}">${text}</font>`
/** Room on the right, because the reader's font may be wider than the one that was measured. */
const line = (text: string) => `${text}${'&#160;'.repeat(10)}<br align="left"/>`
