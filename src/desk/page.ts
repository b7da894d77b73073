import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Plugin } from 'esbuild'
import { bundlePage } from '../browser/bundle-page.ts'
import { LANGUAGES } from './languages.ts'

/**
 * The desk's own files: a shell of HTML, and the script and styles bundled in memory from ui/ at start. They work under
 * the strictest policy that the desk's server sends (Trusted Types, nothing inline, nothing from elsewhere), and the
 * shell says nothing of what this is: a title and an icon are seen over a shoulder and stay in a browser's history.
 */
export interface DeskPage {
  /** For `/desk/`. */
  html: string
  /** For `/desk/page.js`. */
  script: string
  /** For `/desk/page.css`. */
  style: string
  /** For `/desk/icon.svg`. */
  icon: string
  /** For `/desk/parts/<name>`: scripts that the first one imports, some of them only when they are needed. */
  parts: Readonly<Record<string, string>>
  /** For `/desk/words/<language>.json`, and `/desk/words/directory/<language>.json` under `directory/<language>`. */
  words: Readonly<Record<string, string>>
  /** Its hash; the shell carries it, and the page sends it with each call. */
  build: string
}

/** Words of the views of the directory and of months, which few open on a weak line: they come with them. */
const LATER = /^(?:directory|months)\./u

export async function buildDeskPage(): Promise<DeskPage> {
  const { script, style, parts, atOnce } = await bundlePage(new URL('./ui/', import.meta.url), [
    englishAtOnce,
  ])
  const words = Object.fromEntries(
    LANGUAGES.flatMap(({ tag }) => [
      [tag, JSON.stringify(wordsIn(tag, 'atOnce'))],
      [`directory/${tag}`, JSON.stringify(wordsIn(tag, 'later'))],
    ]),
  )
  const shell = SHELL.replace(
    'PRELOADS',
    atOnce.map((name) => `<link rel="modulepreload" href="/desk/parts/${name}">\n`).join(''),
  )
  const build = createHash('sha256')
    .update(shell)
    .update(script)
    .update(style)
    .update(JSON.stringify([parts, words]))
    .digest('base64url')
    .slice(0, 16)
  return { html: shell.replace('BUILD', build), script, style, icon: ICON, parts, words, build }
}

function wordsIn(tag: string, when: 'atOnce' | 'later'): object {
  const all: object = JSON.parse(readFileSync(new URL(`./locales/${tag}.json`, import.meta.url), 'utf8'))
  return Object.fromEntries(Object.entries(all).filter(([key]) => LATER.test(key) === (when === 'later')))
}

/** English is in the page, but for what comes later in every language. */
const englishAtOnce: Plugin = {
  name: 'english-at-once',
  setup(build) {
    build.onLoad({ filter: /\/locales\/en\.json$/ }, () => ({
      contents: JSON.stringify(wordsIn('en', 'atOnce')),
      loader: 'json',
    }))
  },
}

const SHELL = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Desk</title>
<link rel="icon" href="/desk/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/desk/page.css">
PRELOADS<script type="module" src="/desk/page.js"></script>
</head>
<body>
<noscript>This page needs JavaScript.</noscript>
<div id="page" data-build="BUILD"></div>
</body>
</html>
`

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M4 12h24v4H4zM7 16h4v11H7zM21 16h4v11h-4z" fill="#5b6673"/></svg>
`
