import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import { ratio, show } from './measure.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
/** The last commit of version 0.1.0, which this repository's own history holds. */
const VERSION_0_1_0 = 'c535984'
const ROUNDS = 25

/**
 * An import is done once in a process. So whole processes take turns, each with a module of its own,
 * and what a process with an empty module takes is taken off.
 */
export function benchImport() {
  // In the repository, whose node_modules the packages are resolved from.
  const folder = mkdtempSync(join(root, 'test/bench/import-'))
  try {
    const old = buildOld(join(folder, '0.1.0'))
    const modules = new Map([['empty', '']])
    if (old) modules.set('0.1.0', importOf(pathToFileURL(old).href))
    const entries = Object.entries(exports).filter(([, entry]) => typeof entry !== 'string')
    for (const [path, entry] of entries) {
      const file = join(root, entry.default)
      modules.set(path, importOf(pathToFileURL(file).href))
      const packages = packagesBehind(file)
      if (packages.size > 0)
        modules.set(`packages of ${path}`, [...packages].map(importOf).join(''))
    }
    report(entries, measure(folder, modules))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const importOf = (specifier) => `import ${JSON.stringify(specifier)}\n`

/** What each module takes over an empty one, the shortest of all rounds, in microseconds. */
function measure(folder, modules) {
  const times = new Map()
  for (const [name, source] of modules) {
    writeFileSync(join(folder, fileOf(name)), source)
    times.set(name, Number.POSITIVE_INFINITY)
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of modules.keys()) {
      const start = process.hrtime.bigint()
      const { status } = spawnSync(process.execPath, [join(folder, fileOf(name))])
      if (status !== 0) throw new Error(`${name} can't be imported`)
      times.set(name, Math.min(times.get(name), Number(process.hrtime.bigint() - start) / 1000))
    }
  }
  return (name) => (times.has(name) ? times.get(name) - times.get('empty') : undefined)
}

const fileOf = (name) => `${name.replace(/[^a-z0-9]+/g, '-')}.mjs`

function report(entries, over) {
  const old = over('0.1.0')
  if (old) show('import of version 0.1.0', old)
  for (const [path] of entries) {
    const own = over(path)
    const packages = over(`packages of ${path}`)
    const share =
      packages === undefined ? 'loads no package' : `${ratio(own, packages)} times its packages`
    const before = old && path === '.' ? `${ratio(own, old)} times version 0.1.0, ` : ''
    show(`import of ${path.replace('.', 'imagepuller-auth')}`, own, before + share)
  }
}

/** What a built file loads from outside, itself or by its chunks: packages, and modules of Node. */
function packagesBehind(file, seen = new Set(), packages = new Set()) {
  if (seen.has(file)) return packages
  seen.add(file)
  for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
    if (fileName.startsWith('.')) packagesBehind(join(dirname(file), fileName), seen, packages)
    else packages.add(fileName)
  }
  return packages
}

/** Version 0.1.0 with the dependencies that its own lock file has; undefined, and said, without it. */
function buildOld(folder) {
  mkdirSync(folder)
  const archive = spawnSync('git', ['archive', VERSION_0_1_0], { cwd: root, maxBuffer: 2 ** 28 })
  if (archive.status !== 0) {
    console.log(
      `Version 0.1.0 (${VERSION_0_1_0}) isn't in this clone's history, so nothing is compared to it.`,
      'A full clone has it: git fetch --unshallow.',
    )
    return undefined
  }
  execFileSync('tar', ['-x'], { cwd: folder, input: archive.stdout })
  const options = { cwd: folder, stdio: 'ignore' }
  const args = [
    'ci',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  ]
  // Its lock file lacks the optional packages of other platforms, for which npm ci may refuse it.
  if (spawnSync('npm', args, options).status !== 0) {
    execFileSync('npm', ['install', ...args.slice(1)], options)
  }
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.json'], options)
  return join(folder, 'dist/index.js')
}
