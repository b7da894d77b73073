import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** Bundles a page of ours in memory: `page.tsx` and `page.css` of a folder become one script and one style sheet. */
export interface Bundle {
  script: string
  style: string
}

/** `folder` ends with a slash. Rejects when a source does not compile. */
export async function bundlePage(folder: URL): Promise<Bundle> {
  const ui = fileURLToPath(folder)
  const { outputFiles } = await build({
    entryPoints: [`${ui}page.tsx`, `${ui}page.css`],
    outdir: ui,
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  })
  const text = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? ''
  return { script: text('.js'), style: text('.css') }
}
