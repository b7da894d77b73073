// The one file that any Node can read: it says what to do when Node is too old, and starts Lantern otherwise.
const NEEDED = [24, 7]
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    'Lantern needs Node ' +
      NEEDED.join('.') +
      ' or newer and this is ' +
      process.versions.node +
      ': run "npm ci" (it brings a fitting one on Linux x64, Linux arm64 and Windows), or install Node 24 from nodejs.org.\n',
  )
  process.exit(1)
}
const STARTS = process.argv[2] === 'start'
import('./heap.js')
  .then(({ useFittingHeap }) => useFittingHeap(process.argv.slice(2)))
  .then(() => import('./compile-cache.js'))
  .then(({ useCompileCache }) => useCompileCache({ warm: STARTS }))
  .then(() => import('./lantern.ts'))
  .then(
    ({ lantern }) => lantern(process.argv.slice(2)),
    () => {
      process.stderr.write('Lantern is not completely installed: run "npm ci" in its folder.\n')
      process.exitCode = 1
    },
  )
