import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

/** Bundles a page of ours in memory: `page.tsx` and `page.css` of a folder become one script and one style sheet. */
export interface Bundle {
  script: string
  style: string
  /** What the script imports, by file name under `parts/`: at once, or when it is needed (`import()`). */
  parts: Readonly<Record<string, string>>
  /** Names of the parts that are needed at once. */
  atOnce: readonly string[]
}

/** `folder` ends with a slash. Rejects when a source does not compile. */
export async function bundlePage(folder: URL, plugins: Plugin[] = []): Promise<Bundle> {
  const ui = fileURLToPath(folder)
  const { outputFiles, metafile } = await build({
    entryPoints: [`${ui}page.tsx`, `${ui}page.css`],
    outdir: ui,
    write: false,
    bundle: true,
    splitting: true,
    // Named by what is in them: a page never gets a part of another one.
    chunkNames: 'parts/[name]-[hash]',
    metafile: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    plugins,
  })
  const text = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? ''
  const nameOf = (path: string) => /parts\/([^/]+)$/u.exec(path)?.[1]
  const imported = Object.entries(metafile.outputs).find(([path]) => path.endsWith('page.js'))?.[1].imports
  return {
    script: text('page.js'),
    style: text('.css'),
    parts: Object.fromEntries(
      outputFiles.flatMap((file) => {
        const name = nameOf(file.path)
        return name === undefined ? [] : [[name, file.text]]
      }),
    ),
    atOnce: (imported ?? []).flatMap(({ kind, path }) =>
      kind === 'import-statement' ? [nameOf(path) ?? ''] : [],
    ),
  }
}
