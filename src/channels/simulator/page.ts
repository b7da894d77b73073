import { bundlePage } from '../../browser/bundle-page.ts'
import type { Setup } from './wire.ts'

/** The page's own files: a shell of HTML, and the script and the styles, bundled in memory from ui/ at start. */

export interface PageFiles {
  script: string
  styles: string
}

export async function bundle(): Promise<PageFiles> {
  const { script, style } = await bundlePage(new URL('./ui/', import.meta.url))
  return { script, styles: style }
}

/** Says nothing of what this is: a title and an icon are seen over a shoulder and stay in a browser's history. */
export function shell(setup: Setup): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Phone</title>
<link rel="icon" href="/simulator/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/simulator/page.css">
<script type="module" src="/simulator/page.js"></script>
</head>
<body>
<noscript>This page needs JavaScript.</noscript>
<div id="page" data-setup="${escaped(JSON.stringify(setup))}"></div>
</body>
</html>
`
}

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="8" y="2" width="16" height="28" rx="4" fill="#5b6673"/><rect x="10" y="6" width="12" height="19" rx="1" fill="#e8ecf0"/></svg>
`

function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`)
}
