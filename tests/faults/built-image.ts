import { execFileSync } from 'node:child_process'
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { imageStages, type Step } from '../deploy/image.ts'

/**
 * The tree of the image, made by the instructions of the Dockerfile from what is here: its COPY lines, its RUN lines with
 * another root, and in the place of `npm ci --omit=dev` the packages that the lock file does not call dev. It can be started
 * in a root of its own, as a container would.
 */
export interface BuiltImage {
  root: string
  /** The words that run a program inside, as the image's user, in the image's folder. */
  inside(words: readonly string[]): string[]
  entry: readonly string[]
  health: readonly string[]
  settings: Readonly<Record<string, string>>
  remove(): void
}

const HOUSE = join(import.meta.dirname, '../..')

export function buildImage(settings: Readonly<Record<string, string>>): BuiltImage {
  // On the same disk as the packages, so that they can be linked and not copied.
  mkdirSync(join(HOUSE, 'reports'), { recursive: true })
  const top = mkdtempSync(join(HOUSE, 'reports/image-'))
  const build = join(top, 'build')
  const root = join(top, 'root')
  const [first, last] = imageStages()
  if (first === undefined || last === undefined) throw new Error('not two stages')
  let folder = '/'
  for (const step of first.steps) {
    if (step.keyword === 'WORKDIR') folder = step.raw
    else if (step.keyword === 'COPY') copyIn(step, HOUSE, join(build, folder))
    else if (step.keyword === 'RUN') run(step.raw, build, folder)
    else throw new Error(`not understood in the first stage: ${step.keyword}`)
  }
  mkdirSync(root)
  for (const step of last.steps.filter(({ keyword }) => keyword === 'COPY')) {
    const [from = '', to = ''] = step.words
    link(join(build, from), join(root, to))
    const owner = step.flags.find((flag) => flag.startsWith('--chown='))?.slice(8)
    if (owner !== undefined && process.getuid?.() === 0)
      for (const name of readdirSync(join(build, from)))
        execFileSync('chown', ['-R', owner, join(root, to, name)])
  }
  const only = (keyword: string): Step => {
    const [step] = last.steps.filter((one) => one.keyword === keyword)
    if (step === undefined) throw new Error(`no ${keyword}`)
    return step
  }
  const workdir = only('WORKDIR').raw
  mkdirSync(join(root, workdir), { recursive: true })
  mkdirSync(join(root, 'dev'))
  if (process.getuid?.() === 0) execFileSync('mknod', ['-m', '666', join(root, 'dev/null'), 'c', '1', '3'])
  const [uid = '', gid = ''] = only('USER').raw.split(':')
  const as = process.getuid?.() === 0 ? ['--setgid', gid, '--setuid', uid] : ['--map-root-user']
  return {
    root,
    inside: (words) => ['unshare', `--root=${root}`, `--wd=${workdir}`, ...as, ...words],
    entry: [...only('ENTRYPOINT').words, ...only('CMD').words],
    health: JSON.parse(only('HEALTHCHECK').raw.replace(/^.*?CMD /u, '')) as string[],
    settings,
    remove: () => rmSync(top, { recursive: true, force: true }),
  }
}

function copyIn({ words }: Step, from: string, to: string): void {
  const target = words.at(-1) ?? ''
  for (const name of words.slice(0, -1)) {
    const isFolder = lstatSync(join(from, name)).isDirectory()
    const place = isFolder ? join(to, target) : join(to, target, target.endsWith('/') ? name : '')
    link(join(from, name), place)
  }
}

function run(line: string, build: string, folder: string): void {
  const cwd = join(build, folder)
  if (line === 'npm ci --omit=dev') return linkPackages(cwd)
  const here = line.replaceAll(/(?<=[\s=])\/(image|state)\b/gu, (whole) => join(build, whole))
  execFileSync('sh', ['-c', here], { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}

function linkPackages(cwd: string): void {
  const { packages } = JSON.parse(readFileSync(join(HOUSE, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>
  }
  const wanted = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true)
  for (const [path] of wanted) {
    const source = join(HOUSE, path)
    if (lstatSync(source, { throwIfNoEntry: false }) !== undefined) link(source, join(cwd, path))
  }
  mkdirSync(join(cwd, 'node_modules/.bin'))
  cpSync(join(HOUSE, 'node_modules/.bin/node'), join(cwd, 'node_modules/.bin/node'), {
    verbatimSymlinks: true,
  })
}

/** `cp -al`, of a folder's contents into one that may be there. */
function link(from: string, to: string): void {
  const isFolder = lstatSync(from).isDirectory()
  mkdirSync(isFolder ? to : dirname(to), { recursive: true })
  execFileSync('cp', ['-al', '--force', isFolder ? `${from}/.` : from, to])
}
