import { describe, expect, it } from 'vitest'
import { dockerConfigPaths } from '../../../src/docker-config.js'

describe('dockerConfigPaths', () => {
  const summary = (...args: Parameters<typeof dockerConfigPaths>) =>
    dockerConfigPaths(...args).map(({ path, reason, programs }) => [path, reason, programs.join()])

  it('lists a plain home', () => {
    expect(summary({ HOME: '/h' }, 'linux', 1000)).toEqual([
      ['/h/.docker/config.json', 'the home folder', 'contrast,podman,docker'],
      ['/run/containers/1000/auth.json', 'the runtime folder of the user', 'podman'],
      ['/h/.config/containers/auth.json', 'the home folder', 'podman'],
      ['/h/.dockercfg', 'the home folder, legacy format', 'podman'],
    ])
  })

  it('lists what the variables name', () => {
    const env = { HOME: '/h/', XDG_RUNTIME_DIR: '/r', XDG_CONFIG_HOME: '/c', DOCKER_CONFIG: '/d' }
    expect(summary(env, 'linux')).toEqual([
      ['/d', 'DOCKER_CONFIG as a file', ''],
      ['/d/config.json', 'DOCKER_CONFIG', 'contrast,podman,docker'],
      ['/r/containers/auth.json', 'XDG_RUNTIME_DIR', 'contrast'],
      ['/d/containers/auth.json', 'DOCKER_CONFIG', 'contrast'],
      ['/c/containers/auth.json', 'XDG_CONFIG_HOME', 'podman'],
      ['/h/.dockercfg', 'the home folder, legacy format', 'podman'],
    ])
  })

  // `skopeo login --get-login` finds one file after the other in this order: see login.test.ts.
  it.each([
    ['nothing', {}, '/run/containers/7/auth.json /h/.config/containers/auth.json D'],
    ['XDG_RUNTIME_DIR', { XDG_RUNTIME_DIR: '/r' }, '/r/containers/auth.json C D'],
    ['XDG_CONFIG_HOME', { XDG_CONFIG_HOME: '/c' }, 'R /c/containers/auth.json D'],
    ['REGISTRY_AUTH_FILE', { REGISTRY_AUTH_FILE: '/f', XDG_RUNTIME_DIR: '/r' }, '/f C D'],
    ['DOCKER_CONFIG', { DOCKER_CONFIG: '/d', XDG_RUNTIME_DIR: '/r' }, '/d/config.json C'],
    [
      'both',
      { DOCKER_CONFIG: '/d', REGISTRY_AUTH_FILE: '/f', XDG_RUNTIME_DIR: '/r' },
      '/f C /d/config.json',
    ],
  ])("says Podman's own order for %s", (_, env, wanted) => {
    const places = dockerConfigPaths({ HOME: '/h', ...env }, 'linux', 7)
      .filter(({ order }) => order.podman !== undefined)
      .sort((a, b) => Number(a.order.podman) - Number(b.order.podman))
    expect(places.map(({ order }) => order.podman)).toEqual(places.map((_, i) => i + 1))
    const short: Record<string, string> = {
      R: '/run/containers/7/auth.json',
      C: '/h/.config/containers/auth.json',
      D: '/h/.docker/config.json',
    }
    const files = wanted.split(' ').map((name) => short[name] ?? name)
    expect(places.map(({ path }) => path)).toEqual([...files, '/h/.dockercfg'])
  })

  it('says that Docker reads one file', () => {
    const placesOf = (env: Record<string, string>) =>
      dockerConfigPaths(env, 'linux')
        .filter(({ order }) => order.docker !== undefined)
        .map(({ path, order }) => [path, order.docker])
    expect(placesOf({ HOME: '/h', XDG_RUNTIME_DIR: '/r' })).toEqual([['/h/.docker/config.json', 1]])
    expect(placesOf({ HOME: '/h', DOCKER_CONFIG: '/d' })).toEqual([['/d/config.json', 1]])
  })

  it('lists a path once for each format that it is read in', () => {
    const files = dockerConfigPaths({ HOME: '/h', DOCKER_CONFIG: '/h/.dockercfg' }, 'linux')
    const same = files.filter(({ path }) => path === '/h/.dockercfg')
    expect(same.map(({ format, programs }) => [format, ...programs])).toEqual([
      ['config'],
      ['dockercfg', 'podman'],
    ])
  })

  it('lists REGISTRY_AUTH_FILE in place of the folders', () => {
    expect(
      summary({ HOME: '/h', REGISTRY_AUTH_FILE: '/f', XDG_RUNTIME_DIR: '/r' }, 'linux'),
    ).toEqual([
      ['/h/.docker/config.json', 'the home folder', 'contrast,podman,docker'],
      ['/f', 'REGISTRY_AUTH_FILE', 'contrast,podman'],
      ['/h/.config/containers/auth.json', 'the home folder', 'podman'],
      ['/h/.dockercfg', 'the home folder, legacy format', 'podman'],
    ])
  })

  it('knows other systems', () => {
    expect(summary({ HOME: '/h' }, 'darwin').map(([path]) => path)).toEqual([
      '/h/.docker/config.json',
      '/h/.config/containers/auth.json',
      '/h/.docker/containers/auth.json',
      '/h/.dockercfg',
    ])
    const [first] = summary({ USERPROFILE: 'C:\\Users\\u', HOME: '/h' }, 'win32')
    expect(first?.[0]).toBe('C:\\Users\\u\\.docker\\config.json')
    expect(summary({ HOME: '/h', XDG_RUNTIME_DIR: '/r' }, 'linux').map(([path]) => path)).toContain(
      '/h/.docker/containers/auth.json',
    )
  })

  it('takes empty variables for unset ones, and lists nothing without any', () => {
    expect(summary({ HOME: '', DOCKER_CONFIG: '' }, 'linux')).toEqual([])
    expect(summary({}, 'darwin')).toEqual([])
    expect(dockerConfigPaths({ HOME: '/h' }, 'linux').at(-1)?.format).toBe('dockercfg')
  })

  it.each(['HOME', 'DOCKER_CONFIG', 'XDG_RUNTIME_DIR'])(
    'names %s where it holds no text',
    (name) => {
      expect(() => dockerConfigPaths({ [name]: 7 as never }, 'linux')).toThrow(
        new TypeError(`dockerConfigPaths: expected ${name} of env to be a string`),
      )
    },
  )

  it('threat 18: a polluted Object.prototype adds no file', () => {
    Object.defineProperty(Object.prototype, 'DOCKER_CONFIG', { value: '/evil', configurable: true })
    try {
      expect(summary({ HOME: '/h' }, 'linux')[0]?.[0]).toBe('/h/.docker/config.json')
    } finally {
      Reflect.deleteProperty(Object.prototype, 'DOCKER_CONFIG')
    }
  })
})
