// `credentials`: where each program finds credentials for an image, and where it stops.

import { describe, expect, it } from 'vitest'
import { createFolder, run } from './support/command.js'

const folder = createFolder()
const auth = Buffer.from('puller:hunter2-hunter2').toString('base64')
const home = `${folder.path}/home`
folder.file(
  'home/.docker/config.json',
  JSON.stringify({ auths: { 'https://index.docker.io/v1/': { auth }, 'ghcr.io/': { auth } } }),
)
folder.file(
  'home/.config/containers/auth.json',
  JSON.stringify({ auths: { 'ghcr.io/acme': { auth }, 'quay.io': { identitytoken: auth } } }),
)

async function look(image: string, env: Record<string, string> = {}, ...options: string[]) {
  const result = await run(['credentials', ...options, image], { env: { HOME: home, ...env } })
  expect(result.stdout + result.stderr).not.toMatch(/hunter2|cHVsbGVy/)
  return { ...result, stdout: folder.within(result.stdout), stderr: folder.within(result.stderr) }
}

describe('credentials', () => {
  it('prints files, answers and near misses, at 80 columns', async () => {
    const env = { HOME: home, NO_COLOR: '1' }
    const { status, stdout } = await run(['credentials', 'ghcr.io/acme/app'], { columns: 80, env })
    expect(status).toBe(0)
    const wide = stdout.split('\n').filter((line) => line.length > 80 && !line.includes(home))
    expect(wide).toEqual([])
    await expect(folder.within(stdout)).toMatchFileSnapshot('golden/credentials.txt')
  })

  it('says which file each program uses, whatever its order', async () => {
    const file = folder.file(
      'runtime/containers/auth.json',
      JSON.stringify({ auths: { 'docker.io': { auth } } }),
    )
    const env = { XDG_RUNTIME_DIR: `${folder.path}/runtime` }
    const { status, stdout } = await look('nginx', env)
    expect(status).toBe(0)
    expect(stdout).toContain("Contrast's command line uses home/.docker/config.json\n")
    expect(stdout).toContain('Docker uses home/.docker/config.json\n')
    expect(stdout).toContain('Podman uses runtime/containers/auth.json\n')
    // Podman stops at a file that it can't read.
    folder.file('runtime/containers/auth.json', '{"auths":')
    const broken = await look('nginx', env)
    expect(broken.status).toBe(1)
    expect(broken.stdout).toContain('Podman fails at runtime/containers/auth.json\n')
    expect(broken.stderr).toMatch(/^runtime\/containers\/auth\.json:1:\d+ error invalid-json /)
    expect(file).toContain('runtime')
  })

  it('prints the same as JSON', async () => {
    const { status, stdout } = await look('ghcr.io/acme/app', {}, '--json')
    expect(status).toBe(0)
    const { files, uses } = JSON.parse(stdout)
    expect(Object.keys(uses)).toEqual(['contrast', 'docker', 'podman'])
    expect(uses.podman).toEqual({ path: 'home/.config/containers/auth.json', outcome: 'finds' })
    expect(files[0]).toMatchObject({ path: 'home/.docker/config.json', kind: 'read' })
  })

  it('prints errors as JSON too, by their messages', async () => {
    const file = folder.file('entries.json', JSON.stringify({ auths: { 'a.io': { auth: '!' } } }))
    const { status, stdout } = await look('a.io/app', { REGISTRY_AUTH_FILE: file }, '--json')
    expect(status).toBe(1)
    const all = JSON.parse(stdout).files.flatMap(({ answers }: { answers: unknown[] }) => answers)
    expect(all).toContainEqual(
      expect.objectContaining({
        program: 'podman',
        kind: 'error',
        message: expect.stringContaining('base64'),
      }),
    )
  })

  it('names a broken file that only the guide expects to be read', async () => {
    const broken = folder.file('broken.json', `{"auths": {"ghcr.io": {"auth": "${auth}`)
    const { status, stdout, stderr } = await look('nginx', { DOCKER_CONFIG: broken })
    expect(status).toBe(1)
    expect(stdout).toMatch(
      /^broken\.json\n {2}read by +none of them, for which DOCKER_CONFIG is a folder \(DOCKER_CONFIG as a file\)\n {2}file +can't be read\n/,
    )
    expect(stderr).toContain('broken.json:1:')
  })

  it('says nothing of DOCKER_CONFIG as a file where it is a folder, or nothing', async () => {
    const file = folder.file('folder/config.json', JSON.stringify({ auths: { 'a.io': { auth } } }))
    for (const [path, state] of [
      [`${folder.path}/folder`, "Contrast's command line  basic (a.io)"],
      [`${folder.path}/nowhere`, 'file                     not there'],
    ] as const) {
      const { status, stdout } = await look('a.io/x', { DOCKER_CONFIG: path })
      expect(status).toBe(0)
      expect(stdout.split('\n')[0]).toMatch(/^(?:folder|nowhere)\/config\.json$/)
      expect(stdout).toContain(state)
      expect(stdout).not.toContain('as a file')
      const { files } = JSON.parse((await look('a.io/x', { DOCKER_CONFIG: path }, '--json')).stdout)
      expect(files[0].reason).toBe('DOCKER_CONFIG')
    }
    expect(file).toContain('folder/config.json')
  })

  it('takes a release of the puller, to which nothing here is due', async () => {
    const older = await look('ghcr.io/acme/app', {}, '--puller', '1.15')
    expect(older).toEqual(await look('ghcr.io/acme/app'))
    expect((await look('nginx', {}, '--puller', 'old')).status).toBe(2)
  })

  it('names a bad image', async () => {
    const { status, stdout, stderr } = await look('Bad:Image:x')
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('"Bad:Image:x" error ')
  })

  it('shows no name of a helper that no program has', async () => {
    const files = { auths: { 'a.io': {} }, credsStore: 'puller:hunter2-hunter2' }
    const file = folder.file('store/config.json', JSON.stringify(files))
    const env = { DOCKER_CONFIG: `${folder.path}/store` }
    const { stdout } = await look('a.io/x', env)
    expect(stdout).toContain('asks a credential helper of a name that no program has (credsStore)')
    const json = JSON.parse((await look('a.io/x', env, '--json')).stdout)
    expect(json.files[0].answers[0]).toMatchObject({ kind: 'helper', key: 'credsStore' })
    expect(file).toContain('store')
  })

  it('shows no user info of a key', async () => {
    const file = folder.file(
      'info.json',
      JSON.stringify({ auths: { 'https://ghcr.io/a:hunter2hunter2@b': { auth } } }),
    )
    const { stdout } = await look('ghcr.io/app', { REGISTRY_AUTH_FILE: file })
    expect(stdout).toContain('…@b')
  })

  it('shows a broken entry, and an identity token for what it is', async () => {
    const file = folder.file(
      'entries.json',
      JSON.stringify({ auths: { 'a.io': { auth: '!' }, 'b.io': { identitytoken: auth, auth } } }),
    )
    const env = { REGISTRY_AUTH_FILE: file }
    const { status, stdout } = await look('a.io/app', env)
    expect(status).toBe(1)
    expect(stdout).toContain('an error: 1:11: ')
    expect(stdout).toContain("Contrast's command line fails at entries.json\n")
    expect(stdout).toContain('Podman fails at entries.json\n')
    const other = await look('b.io/app', env)
    expect(other.status).toBe(0)
    expect(other.stdout).toContain('identity-token (b.io): ')
  })

  it('asks no helper, but names it', async () => {
    const file = folder.file(
      'helpers.json',
      JSON.stringify({ credHelpers: { 'gcr.io': 'gcloud' } }),
    )
    const { stdout } = await look('gcr.io/acme/app', { REGISTRY_AUTH_FILE: file })
    expect(stdout).toContain('asks docker-credential-gcloud (gcr.io)')
  })

  it('prints names of files and keys without what rewrites the terminal', async () => {
    const file = folder.file(
      'a\u202eb.json',
      JSON.stringify({ auths: { 'ghcr.io/\u001b[2J': { auth } } }),
    )
    for (const options of [[], ['--json']]) {
      const { stdout } = await look('ghcr.io/x', { REGISTRY_AUTH_FILE: file }, ...options)
      for (const unsafe of ['\u001b', '\u202e']) expect(stdout).not.toContain(unsafe)
    }
  })
})
