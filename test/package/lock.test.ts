import { expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import packageLock from '../../package-lock.json' with { type: 'json' }

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
const locked: Readonly<Record<string, Locked>> = packageLock.packages

it('locks the optional packages of every platform, without which npm ci refuses', () => {
  const optional = Object.entries(locked).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ path, name })),
  )
  const missing = optional.filter(
    ({ path, name }) =>
      !(`node_modules/${name}` in locked) && !(`${path}/node_modules/${name}` in locked),
  )
  expect(missing).toEqual([])
  expect(optional.length).toBeGreaterThan(50)
})

it('names no host from which a package came', () => {
  expect(Object.keys(locked).filter((path) => locked[path]?.resolved !== undefined)).toEqual([])
})

it('is of the version and the dependencies of package.json', () => {
  const { version, dependencies, devDependencies, peerDependencies } = packageJson
  expect(packageLock.packages['']).toMatchObject({
    version,
    dependencies,
    devDependencies,
    peerDependencies,
  })
})
