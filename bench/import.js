import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { show } from './measure.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const DEPENDENCIES = ['smol-toml', 'reflect-metadata', '@peculiar/x509', 'valibot']
const ROUNDS = 15

/**
 * In processes of their own, since an import is done once. What the library adds is measured where
 * the dependencies are there already: as the difference of two long times it would be all noise.
 */
export function benchImport() {
  const rounds = Array.from({ length: ROUNDS }, measure)
  const best = (key) => Math.min(...rounds.map((times) => times[key]))
  show('import of the three dependencies', best('dependencies'))
  show('import of the library after them', best('library'))
}

function measure() {
  const source = `
    const clock = () => Number(process.hrtime.bigint()) / 1000
    const start = clock()
    ${DEPENDENCIES.map((name) => `await import('${name}')`).join('\n')}
    const middle = clock()
    await import('./dist/index.js')
    console.log(JSON.stringify({ dependencies: middle - start, library: clock() - middle }))`
  const args = ['--input-type=module', '-e', source]
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }))
}
