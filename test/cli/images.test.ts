// Where images come from: operands, lists, and manifests in YAML or JSON.

import { describe, expect, it } from 'vitest'
import { createFolder, run } from './support/command.js'

const folder = createFolder()
const config = folder.file('c.toml', '')

/** The names of the images that are answered. */
async function namesOf(...args: string[]): Promise<string[]> {
  const { stdout } = await run(['resolve', '--json', config, ...args])
  return JSON.parse(stdout).map(({ image }: { image: { name: string } }) => image.name)
}

describe('--images', () => {
  const list = '# all\r\nghcr.io/a/b:1\r\n\n  nginx:1  # the server\n#ghcr.io/c\nghcr.io/A/d:1\n'

  it('takes one a line, and comments', async () => {
    const { status, stdout, stderr } = await run([
      'resolve',
      config,
      '--images',
      folder.file('l.txt', list),
    ])
    expect(status).toBe(1)
    expect(stdout.match(/^\S+/gm)).toEqual(['ghcr.io/a/b:1', 'index.docker.io/library/nginx:1'])
    expect(folder.within(stderr)).toMatch(
      /^l\.txt:6 error invalid-character repository: .* \(in "ghcr\.io\/A\/d:1"\)\n$/,
    )
  })

  it('takes standard input, several lists, a byte order mark, and operands first', async () => {
    const marked = folder.file('m.txt', '\ufeffghcr.io/m:1')
    const args = ['resolve', config, 'redis:1', '--images', '-', '--images', marked]
    const { stdout } = await run(args, { stdin: 'ghcr.io/a/b:1' })
    expect(stdout.match(/^\S+/gm)).toEqual([
      'index.docker.io/library/redis:1',
      'ghcr.io/a/b:1',
      'ghcr.io/m:1',
    ])
  })

  it.each([
    ['empty', '', 'holds no image'],
    ['all comments', '# nothing', 'holds no image'],
    ['no UTF-8', Buffer.from([0x67, 0xff]), 'expected UTF-8'],
  ])('a list that is %s is a failure', async (_, content, message) => {
    const { status, stdout, stderr } = await run([
      'resolve',
      config,
      '--images',
      folder.file('x.txt', content),
    ])
    expect([status, stdout]).toEqual([1, ''])
    expect(folder.within(stderr)).toContain(`x.txt: ${message}`)
  })
})

describe('--manifests', () => {
  it.each([
    [
      'a deployment with every kind of container',
      `apiVersion: apps/v1
kind: Deployment
metadata:
  annotations: { image: not-an-image:1 }
spec:
  template:
    spec:
      initContainers:
        - { name: init, image: 'busybox:1' }
      containers:
        - name: app
          image: "ghcr.io/acme/app:1.2"
          env: [{ name: image, value: not-an-image:2 }]
        - image: nginx:1 # the sidecar
      volumes:
        - name: models
          image: { reference: quay.io/acme/model:7, pullPolicy: Always }
        - name: disk
          rbd: { image: not-an-image:3 }
status:
  containerStatuses: [{ image: not-an-image:4 }]
`,
      [
        'index.docker.io/library/busybox:1',
        'ghcr.io/acme/app:1.2',
        'index.docker.io/library/nginx:1',
        'quay.io/acme/model:7',
      ],
    ],
    [
      'a list, as kubectl prints it, in JSON',
      JSON.stringify({
        kind: 'List',
        items: [
          { kind: 'Pod', spec: { containers: [{ image: 'a.io/x:1' }] } },
          {
            kind: 'CronJob',
            spec: {
              jobTemplate: {
                spec: { template: { spec: { containers: [{ image: 'a.io/y:1' }] } } },
              },
            },
          },
        ],
      }),
      ['a.io/x:1', 'a.io/y:1'],
    ],
    [
      'several documents of a rendered chart, each image once',
      '---\n# Source: chart/a.yaml\nspec: { containers: [{ image: a.io/x:1 }] }\n---\n---\nspec: { containers: [{ image: a.io/x:1 }, { image: a.io/z:1 }] }\n...\n',
      ['a.io/x:1', 'a.io/z:1'],
    ],
    [
      'a compose file with anchors, merges and aliases',
      'x-base: &base\n  image: &img a.io/base:1\nservices:\n  a:\n    <<: *base\n  b: { image: *img }\n  c: { build: ., image: a.io/c:1 }\n  d: { build: . }\n',
      ['a.io/base:1', 'a.io/c:1'],
    ],
    ['keys that are no texts', '? [image]\n: a.io/no:1\n? 7\n: image: a.io/x:1\n', ['a.io/x:1']],
    [
      'custom resources',
      'kind: Task\nspec:\n  steps:\n  - image: a.io/step:1\n  sidecar:\n    image: a.io/side:1\n',
      ['a.io/step:1', 'a.io/side:1'],
    ],
    [
      'data that is no image',
      'kind: ConfigMap\ndata: { image: not-an-image:5 }\n---\nkind: Secret\nstringData: { image: not-an-image:6 }\n---\nkind: Pod\nspec: { containers: [{ image: a.io/x:1 }, { image: 7 }, { image: null }, { image: "" }, { image: [a] }] }\n',
      ['a.io/x:1'],
    ],
  ])('finds the images of %s', async (_, text, names) => {
    expect(await namesOf('--manifests', folder.file('m.yaml', text))).toEqual(names)
  })

  it('points to an image that can not be read', async () => {
    const path = folder.file(
      'bad.yaml',
      'spec:\n  containers:\n  - image: "u:hunter2hunter2@ghcr.io/x"\n',
    )
    const { status, stderr } = await run(['resolve', config, '--manifests', path])
    expect(status).toBe(1)
    expect(folder.within(stderr)).toMatch(
      /^bad\.yaml:3:12 error user-info .* \(in "…@ghcr\.io\/x"\)/,
    )
    expect(stderr).not.toContain('hunter2')
  })

  it.each([
    [
      'an open bracket',
      'a: [hunter2hunter2',
      /^<stdin>:1:\d+: expected YAML: a line is indented otherwise than those beside it, or a bracket is open \(BAD_INDENT\); the images of the document on line 1 are left out\n$/,
    ],
    [
      'two keys in one place',
      'a: 1\nspec: {a: 1}\nb: hunter2: hunter2\n',
      /^<stdin>:3:\d+: expected YAML \([A-Z_]+\); the images of the document on the lines 1 to 3 are left out\n$/,
    ],
    ['a template', 'image: {{ hunter2 }}\n', /^<stdin>:1:8: the image is a template .*\n$/],
    ['nothing but broken documents', 'a: [\n---\nb: "\n', /^<stdin>:2:1: .*\n<stdin>:4:1: .*\n$/],
    ['nothing', '', /holds no image\n/],
    ['a text', 'hunter2hunter2', /holds no image\n/],
  ])('says of %s where it is wrong, and quotes nothing', async (_, text, message) => {
    const { status, stdout, stderr } = await run(['resolve', config, '--manifests', '-'], {
      stdin: text,
    })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(message)
    expect(stderr).not.toContain('hunter2')
  })
})

describe('a manifest that can be read in part', () => {
  const parts = `image: a.io/x:1
---
spec:
\timage: a.io/hunter2:1
---
image: a.io/y:1
image: a.io/hunter2:1
---
{{- if .Values.enabled }}
image: a.io/hunter2:1
{{- end }}
---
image: {{ .Values.hunter2 }}
sidecar:
  image: a.io/z:1
`
  const file = folder.file('parts.yaml', parts)
  const denying = folder.file('denying.toml', '[registries."."]\nca-certs = "none"\n')
  const said = `parts.yaml:4:1: expected YAML: a tab stands where blanks belong (TAB_AS_INDENT); the images of the document on the lines 2 to 4 are left out
parts.yaml:7:1: expected YAML: a key stands twice in one table (DUPLICATE_KEY); the images of the document on the lines 5 to 7 are left out
parts.yaml:9:3: expected YAML (BLOCK_IN_FLOW); the images of the document on the lines 8 to 11 are left out
parts.yaml:13:8: the image is a template that nothing has filled in, and is left out; render the chart first, as \`helm template\` does
`

  it.each([
    ['resolve', [denying]],
    ['explain', [denying]],
    ['audit', [denying, '--fail-on', 'error']],
    ['diff', [denying, denying, '--fail-on', 'error']],
    ['check', [denying]],
  ] as const)('is taken by %s, which says what is left out, and exits 1', async (name, args) => {
    const whole = folder.file('whole.yaml', 'image: a.io/x:1\n---\nimage: a.io/z:1\n')
    const expected = await run([name, ...args, '--manifests', whole])
    const { status, stdout, stderr } = await run([name, ...args, '--manifests', file])
    const withoutTimes = (text: string) => text.replaceAll(/ +\d+ ms/g, '')
    expect(status).toBe(1)
    expect(withoutTimes(stdout)).toBe(withoutTimes(expected.stdout))
    expect(folder.within(stderr)).toContain(said)
    expect(folder.within(stderr).replace(said, '')).toBe(folder.within(expected.stderr))
    if (name !== 'check') expect(expected.status).toBe(0)
  })
})

describe('threat 34: YAML that is nested too deep', () => {
  const many = 20_000
  it.each([
    ['flow lists', '['.repeat(many)],
    ['flow lists behind other documents', `a: 1\n---\n${'['.repeat(many)}`],
    ['flow maps', '{a: '.repeat(many)],
    ['flow lists with brackets in quotes between them', '["]", '.repeat(many)],
    ['block lists on one line', '- '.repeat(many)],
    ['explicit keys', '? '.repeat(many)],
    ['empty keys', ': '.repeat(many)],
    ['values of values', 'a: '.repeat(many)],
    ['quoted keys', '"a": '.repeat(many)],
    ['lists and keys in turn', '- a: '.repeat(many)],
    ['indented keys', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('%s', async (_, stdin) => {
    const { status, stdout, stderr } = await run(['resolve', config, '--manifests', '-'], { stdin })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^<stdin>:\d+: nested more than 100 levels deep\n$/)
  })

  it.each([
    ['90 levels', `${'['.repeat(90)}{image: a.io/x:1}${']'.repeat(90)}`],
    ['brackets in a text', `text: |\n  ${'[{'.repeat(500)}\nimage: a.io/x:1\n`],
    ['brackets in quotes', `text: '${'[{'.repeat(500)}'\nimage: a.io/x:1\n`],
    ['brackets in comments', `# ${'[{'.repeat(500)}\nimage: a.io/x:1\n`],
    ['many documents', `${'a: {b: [c]}\n---\n'.repeat(500)}image: a.io/x:1\n`],
    [
      'keys of growing length',
      `${Array.from({ length: 300 }, (_, i) => `${'k'.repeat(i + 1)}: 1`).join('\n')}\nimage: a.io/x:1`,
    ],
  ])('%s are fine', async (_, text) => {
    expect(await namesOf('--manifests', folder.file('deep.yaml', text))).toEqual(['a.io/x:1'])
  })
})
