import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { show } from './measure.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const DEPENDENCIES = ['smol-toml', 'reflect-metadata', '@peculiar/x509', 'valibot']

/** In processes of their own, taking turns: an import is done once. */
export function benchImport() {
  const times = { dependencies: [], library: [] }
  for (let round = 0; round < 15; round++) {
    times.dependencies.push(importing(DEPENDENCIES))
    times.library.push(importing(['./dist/index.js']))
  }
  const dependencies = median(times.dependencies)
  const library = median(times.library)
  show('import of the three dependencies', dependencies)
  show('import of the library', library, `${((library - dependencies) / 1000).toFixed(1)} ms more`)
}

function importing(modules) {
  const imports = modules.map((name) => `await import('${name}')`).join('\n')
  const source = `const start = process.hrtime.bigint()\n${imports}\nconsole.log(Number(process.hrtime.bigint() - start) / 1000)`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', source], {
    cwd: root,
    encoding: 'utf8',
  })
  return Number(output)
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1]
