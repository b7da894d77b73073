import { instance } from '@viz-js/viz'

/** What is drawn, in Graphviz's words; the same graph always gives the same bytes. */
export interface Graph {
  graphAttributes: Readonly<Record<string, string | number | boolean>>
  nodes: readonly { name: string; attributes: Attributes }[]
  edges: readonly { tail: string; head: string; attributes: Attributes }[]
}
export type Attributes = Readonly<Record<string, string | number | boolean | { html: string }>>

export const INK = '#1f2933'
export const FAINT = '#5f6b76'
export const PAPER = '#ffffff'
export const LIGHT = '#fff4d6'
export const LINE = '#b9862b'

const FONT = 'Helvetica,Arial,sans-serif'

export async function svgOf(graph: Graph, title: string): Promise<string> {
  const viz = await instance()
  const svg = viz.renderString(
    {
      directed: true,
      graphAttributes: { fontname: FONT, bgcolor: PAPER, pad: 0.3, ...graph.graphAttributes },
      nodeAttributes: {
        shape: 'box',
        style: 'rounded,filled',
        fillcolor: LIGHT,
        color: LINE,
        fontname: FONT,
        fontcolor: INK,
        fontsize: 13,
        margin: '0.2,0.08',
      },
      edgeAttributes: {
        fontname: FONT,
        fontsize: 10,
        fontcolor: FAINT,
        color: '#8a949e',
        arrowsize: 0.7,
      },
      nodes: [...graph.nodes].map(({ name, attributes }) => ({ name, attributes: { ...attributes } })),
      edges: [...graph.edges].map(({ tail, head, attributes }) => ({
        tail,
        head,
        attributes: { ...attributes },
      })),
    },
    { format: 'svg', engine: 'dot' },
  )
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(/<!--[^]*?-->\n?/gu, '')
    .replace(/<svg /u, `<svg role="img" aria-label="${title}" `)
}

/** Joins what leads from one place to another into one arrow, its reasons under each other. */
export function joined<A extends { from: string; to: string; by: string }>(
  arrows: readonly A[],
): { from: string; to: string; by: string[] }[] {
  const all = new Map<string, { from: string; to: string; by: string[] }>()
  for (const { from, to, by } of arrows) {
    const key = `${from} ${to}`
    const arrow = all.get(key) ?? { from, to, by: [] }
    if (by !== '' && !arrow.by.includes(by)) arrow.by.push(by)
    all.set(key, arrow)
  }
  return [...all.values()]
}
