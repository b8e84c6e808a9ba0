// Builds the package's JavaScript, without a word unless it fails: every entry of package.json in one
// build, so that they share their chunks (and with them the one class Secret), and the command line in a
// build of its own, which imports these entries by the package's name as any other program does.
import { readFileSync } from 'node:fs'
import { build } from 'rolldown'

const { exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const entries = Object.values(exports).flatMap(({ default: built }) =>
  built === undefined ? [] : [/^\.\/dist\/(.+)\.js$/.exec(built)[1]],
)

const LOWER_FLOORS =
  /\/src\/(?:text|net|image|names|proxy)\/|\/src\/(?:secret|membership|node-installer|lazy|findings|credentials|options|expected-error)\.ts$/

/**
 * The build turns escapes into the characters, invisible ones too, which a reader of the package
 * can't see, and for one of which V8 reads the whole file more slowly.
 */
const ascii = (code) =>
  code.replace(/[^\n\x20-\x7e\t]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  })

const common = {
  platform: 'neutral',
  // Whatever isn't a path is a dependency, or for the command line this package itself.
  external: /^[^./]/,
  plugins: [{ name: 'ascii', renderChunk: (code) => ({ code: ascii(code), map: null }) }],
  transform: { target: 'es2022' },
  // A package of which nothing is used isn't loaded, save for the one that is there for what it does.
  treeshake: { moduleSideEffects: (id, isExternal) => !isExternal || id === 'reflect-metadata' },
}
const output = {
  dir: 'dist',
  format: 'esm',
  sourcemap: true,
  minify: false,
  // An import reads every byte: what a docstring says is in the declarations and in the source maps.
  comments: { jsdoc: false, annotation: true, legal: true },
  entryFileNames: '[name].js',
}

await build([
  {
    ...common,
    input: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
    output: {
      ...output,
      chunkFileNames: 'chunks/[name].js',
      // The lower floors, which load no package, are one chunk: each file more costs an import about
      // a millisecond, more than reading what it doesn't need. Chunks of the rest follow the entries.
      codeSplitting: {
        groups: [
          { name: 'floors', test: LOWER_FLOORS },
          { name: 'certificates', test: /\/src\/certificates\// },
          { name: 'config', test: /\/src\/(?:config|resolve)\// },
        ],
      },
    },
  },
  {
    ...common,
    input: { cli: 'src/cli/bin.ts' },
    output: { ...output, chunkFileNames: 'chunks/cli/[name].js' },
  },
])
