import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ratio, show } from './measure.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const DEPENDENCIES = ['smol-toml', 'reflect-metadata', '@peculiar/x509', 'valibot']
const ROUNDS = 50

/**
 * In processes of their own, since an import is done once. What the library adds is measured where
 * the dependencies are there already: as the difference of two long times it would be all noise. How
 * long Node itself takes to start tells what these times mean on this machine.
 */
export function benchImport() {
  const rounds = Array.from({ length: ROUNDS }, measure)
  const best = (key) => Math.min(...rounds.map((times) => times[key]))
  const dependencies = best('dependencies')
  const library = best('library')
  show('start of Node, which imports nothing', best('start'))
  show('import of the three dependencies', dependencies)
  show('import of the library after them', library, `${ratio(library, dependencies)} × theirs`)
}

function measure() {
  const start = clock()
  run('')
  const end = clock()
  const output = run(`
    const clock = ${clock}
    const start = clock()
    ${DEPENDENCIES.map((name) => `await import('${name}')`).join('\n')}
    const middle = clock()
    await import('./dist/index.js')
    console.log(JSON.stringify({ dependencies: middle - start, library: clock() - middle }))`)
  return { start: end - start, ...JSON.parse(output) }
}

function run(source) {
  const args = ['--input-type=module', '-e', source]
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
}

function clock() {
  return Number(process.hrtime.bigint()) / 1000
}
