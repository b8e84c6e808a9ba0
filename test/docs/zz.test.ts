import { it } from 'vitest'
import { createFolder, run } from '../cli/support/command.js'

const folder = createFolder()
const D = '@sha256:' + '0'.repeat(64)
const cases: [Record<string, string>, string[]][] = [
  [
    { 'c.toml': '[registries."https://docker.io"]\nusername = "acme"\npassword = "s3cr3t"\n' },
    ['explain', 'c.toml', 'alpine'],
  ],
  [
    { 'c.toml': '[registries."registry-1.docker.io."]\nusername = "acme"\npassword = "s3cr3t"\n' },
    ['explain', 'c.toml', 'alpine:3'],
  ],
  [
    { 'c.toml': '[registries."registry.corp:5000."]\nusername = "acme"\npassword = "s3cr3t"\n' },
    ['explain', 'c.toml', 'registry.corp:5000/app:1'],
  ],
  [
    {
      'c.toml':
        '[registries."registry.corp."]\nca-certs = "/usr/local/share/ca-certificates/registry.crt"\n',
    },
    ['lint', 'c.toml'],
  ],
  [
    { 'c.toml': '[registries."registry.corp."]\nskip_verify = true\nca = "/etc/ssl/corp.pem"\n' },
    ['lint', 'c.toml'],
  ],
  [
    {
      'c.toml': '[registries."registry.corp."]\nusername = "CORP\\builder"\npassword = "s3cr3t"\n',
    },
    ['lint', 'c.toml'],
  ],
  [
    {
      'c.toml':
        'registries = { "ghcr.io." = {\n  username = "acme",\n  password = "s3cr3t",\n} }\n',
    },
    ['lint', 'c.toml'],
  ],
  [
    {
      'c.toml':
        '[extra-env]\nHTTPS_PROXY = "http://proxy.corp:3128"\nNO_PROXY = "localhost,10.0.*"\n',
    },
    ['lint', 'c.toml'],
  ],
  [
    { 'c.toml': '[extra-env]\nHTTP_PROXY = "http://proxy.corp:3128"\n' },
    ['resolve', 'c.toml', 'ghcr.io/acme/app:1' + D],
  ],
  [
    {
      'config.json':
        '{"auths":{"ghcr.io":{},"https://index.docker.io/v1/":{}},"credsStore":"desktop"}',
    },
    ['convert', 'config.json'],
  ],
  [
    {
      'config.json':
        '{"auths":{"ghcr.io":{},"https://index.docker.io/v1/":{}},"credsStore":"desktop"}',
    },
    ['credentials', 'config.json', 'ghcr.io/acme/app:1'],
  ],
  [
    { 'c.toml': '[registries."ghcr.io."]\nusername = "acme"\npassword = "${GHCR_TOKEN}"\n' },
    ['secret', 'c.toml'],
  ],
  [{ 'c.toml': '[registries."registry.corp."]\nca-certs = ""\n' }, ['lint', 'c.toml']],
  [
    {
      'c.toml':
        '[registries."corp.".x]\n[registries."app.registry.corp."]\nauth = "dTpw"\n\n[registries.".registry.corp."]\nca-certs = "none"\n',
    },
    ['resolve', 'c.toml', 'app.registry.corp/app:1' + D],
  ],
  [
    {
      'c.toml':
        '[registries."app.registry.corp."]\nauth = "dTpw"\n\n[registries.".registry.corp."]\nca-certs = "none"\n',
    },
    ['lint', 'c.toml'],
  ],
  [
    { 'c.toml': '[registries."registry.corp."]\ninsecure-skip-verify = true\n' },
    ['explain', 'c.toml', 'registry.corp:5000/app:1' + D],
  ],
  [{ 'c.toml': '[registries."registry.corp."]\nauth = "Ym9iOnNlY3JldAo="\n' }, ['lint', 'c.toml']],
  [
    { 'config.json': '{"auths":{"192.168.0.66:443":{"auth":"Ym9iOnNlY3JldA=="}}}' },
    ['convert', 'config.json'],
  ],
  [
    {
      'deploy.yaml':
        'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ghcr.io/acme/app:1\n',
      'c.toml': '[registries."ghcr.io."]\nauth = "dTpw"\n',
    },
    ['resolve', 'c.toml', '--manifests', 'deploy.yaml'],
  ],
  [
    {
      'deploy.yaml':
        'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ghcr.io/acme/app:1\n',
      'c.toml': '[registries."ghcr.io."]\nauth = "dTpw"\n',
    },
    ['audit', 'c.toml', '--manifests', 'deploy.yaml'],
  ],
]
it('x', async () => {
  let i = 0
  for (const [files, args] of cases) {
    const dir = `${i++}`
    for (const [n, c] of Object.entries(files)) folder.file(`${dir}/${n}`, c)
    const names = Object.keys(files)
    const r = await run(args.map((a) => (names.includes(a) ? `${folder.path}/${dir}/${a}` : a)))
    console.log(
      '#### ' +
        args.join(' ') +
        '\n' +
        Object.values(files).join('---\n') +
        `=> ${r.status}\n` +
        folder.within(r.stdout) +
        '--- stderr\n' +
        folder.within(r.stderr),
    )
  }
})
