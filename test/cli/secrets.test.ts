// Threats 7 and 8: no secret, and nothing that rewrites the terminal, in whatever a command prints.

import { describe, expect, it } from 'vitest'
import { ENCODED_SECRET, leaksOf, SECRETS } from '../support/canary.js'
import { createFolder, run } from './support/command.js'

const folder = createFolder()

const leaks = leaksOf([...SECRETS, ENCODED_SECRET])

const toml = `[extra-env]
HTTPS_PROXY = "http://user:${SECRETS[4]}@proxy.corp:3128"
[registries."a.io."]
username = "nobody"
password = "${SECRETS[0]}"
[registries."b.io."]
identitytoken = "${SECRETS[1]}"
[registries."c.io."]
registrytoken = "${SECRETS[2]}"
[registries."d.io."]
auth = "${ENCODED_SECRET}"
[registries."u:${SECRETS[5]}@e.io."]
insecure-skip-verify = true
`
const docker = JSON.stringify({
  auths: {
    'a.io': { auth: ENCODED_SECRET },
    'b.io': { identitytoken: SECRETS[1], auth: ENCODED_SECRET },
    'c.io:5000': { registrytoken: SECRETS[2] },
    [`https://u:${SECRETS[5]}@d.io/x`]: { username: 'nobody', password: SECRETS[0] },
  },
  credHelpers: { [`u:${SECRETS[5]}@e.io`]: 'x' },
})

/** Each fault that an editor makes at every hundredth place or so. */
function* mutantsOf(text: string): Generator<string> {
  for (let i = 0; i < text.length; i += 5) {
    for (const c of ['', '"', '\n', '\0']) yield text.slice(0, i) + c + text.slice(i + 1)
  }
}

const images = ['a.io/x', 'b.io/x', 'c.io/x', 'd.io/x', 'e.io/x', `u:${SECRETS[5]}@a.io/x`]
const header = 'Bearer realm="https://a.io/token",service="a.io"'

describe('no secret is printed', () => {
  it('by resolve, challenge, credentials and the messages of secret and convert', async () => {
    const config = folder.file('c.toml', toml)
    const file = folder.file('config.json', docker)
    const env = { REGISTRY_AUTH_FILE: file, DOCKER_CONFIG: folder.path }
    const outputs: string[] = []
    for (const options of [[], ['--json']]) {
      const resolved = await run(['resolve', ...options, config, ...images])
      outputs.push(resolved.stdout, resolved.stderr)
      for (const image of images) {
        const challenged = await run(['challenge', ...options, config, image, header])
        const found = await run(['credentials', ...options, image], { env })
        outputs.push(challenged.stdout, challenged.stderr, found.stdout, found.stderr)
      }
    }
    outputs.push((await run(['secret', config])).stderr)
    for (const program of ['contrast', 'docker', 'podman']) {
      outputs.push((await run(['convert', '--program', program, '--docker-config', file])).stderr)
    }
    for (const output of outputs) expect(leaks(output)).toEqual([])
    // What the sweep looks for is in what convert writes.
    expect(leaks((await run(['convert', '--docker-config', file])).stdout)).not.toEqual([])
  })

  it('where a list of images is another file, by mistake', async () => {
    const config = folder.file('c.toml', toml)
    const others = [toml, docker, JSON.stringify(JSON.parse(docker), undefined, 2)]
    for (const [index, text] of others.entries()) {
      const file = folder.file(`other-${index}`, text)
      for (const option of ['--images', '--manifests']) {
        const { stdout, stderr } = await run(['resolve', config, option, file])
        expect(leaks(stdout + stderr), option).toEqual([])
      }
    }
  })

  it('whatever is wrong with a configuration', async () => {
    for (const stdin of mutantsOf(toml)) {
      const { stdout, stderr } = await run(['resolve', '-', 'a.io/x'], { stdin })
      expect(leaks(stdout + stderr), stdin).toEqual([])
    }
  })

  it('whatever is wrong with a credentials file', async () => {
    for (const stdin of mutantsOf(docker)) {
      const { stderr } = await run(['convert', '--docker-config', '-'], { stdin })
      expect(leaks(stderr), stdin).toEqual([])
    }
  })
})

describe('nothing that is printed rewrites the terminal', () => {
  const evil = '\u001b[2J\u009b2J\u202e\u2028\u0007\u0008'
  const unsafe = [...evil].filter((character) => !'[2J'.includes(character))
  const escaped = JSON.stringify(evil).slice(1, -1).replaceAll('\u009b', '\\u009b')

  it('whatever stands in names, keys, references and file names', async () => {
    const config = folder.file(
      'evil.toml',
      `[registries."x${escaped}.io"]\nca-certs = "x"\n"k${escaped}" = 1\n`,
    )
    const fine = folder.file(`fine${evil.replaceAll('/', '')}.toml`, '')
    const file = folder.file(
      'evil.json',
      JSON.stringify({
        auths: { [`a.io/${evil}`]: { auth: ENCODED_SECRET } },
        credHelpers: { [`b${evil}`]: `h${evil}` },
      }),
    )
    const manifest = folder.file('evil.yaml', `image: ${JSON.stringify(`a.io/${evil}`)}\n`)
    const results = [
      await run(['resolve', config, 'nginx']),
      await run(['resolve', fine, `ghcr.io/${evil}`]),
      await run(['resolve', fine, '--manifests', manifest]),
      await run(['resolve', `${folder.path}/none${evil}`, 'nginx']),
      await run(['challenge', fine, 'nginx', `Bearer realm="https://a.io/${evil}"`, evil]),
      await run(['convert', '--docker-config', file]),
      await run(['credentials', 'a.io/x'], { env: { REGISTRY_AUTH_FILE: file } }),
      await run([`re${evil}`]),
      await run(['resolve', `--o${evil}`]),
    ]
    for (const { stdout, stderr } of results) {
      expect(stdout + stderr).not.toBe('')
      for (const character of unsafe) expect(stdout + stderr).not.toContain(character)
    }
  })
})
