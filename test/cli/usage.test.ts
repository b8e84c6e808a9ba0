// Wrong usage: status 2, nothing on standard output, and a message that says what to write instead.

import { describe, expect, it } from 'vitest'
import { createFolder, run } from './support/command.js'

const folder = createFolder()
const config = folder.file('c.toml', '')
const docker = folder.file('config.json', '{"auths":{}}')

const convert = (...args: string[]) => ['convert', '--docker-config', docker, ...args]

describe('wrong usage', () => {
  it.each<[args: string[], message: string]>([
    [[], 'expected a command'],
    [['--no-color'], 'expected a command'],
    [['help'].slice(1), 'expected a command'],
    [['reslove', config, 'nginx'], 'there is no command reslove; did you mean resolve?'],
    [['constructor'], 'there is no command constructor'],
    [['__proto__'], 'there is no command __proto__'],
    [['--frobnicate'], '--frobnicate: expected a command first'],
    [
      ['--json', 'resolve', '--jsno', config, 'nginx'],
      '--jsno is no option of resolve; did you mean --json?',
    ],
    [['resolve', '-x', config, 'nginx'], '-x is no option of resolve'],
    [['resolve', '--constructor', config, 'nginx'], '--constructor is no option of resolve'],
    [['resolve', '--json=yes', config, 'nginx'], '--json takes no value'],
    [['resolve'], 'expected a CONFIG and an IMAGE'],
    [['resolve', config], 'expected an IMAGE, --images FILE or --manifests FILE'],
    [
      ['resolve', '--fail-on', 'waring', config, 'nginx'],
      '--fail-on: expected error, warning or info',
    ],
    [['resolve', '--images'], '--images expects FILE'],
    [['resolve', '--secret', config, 'nginx'], '--secret is no option of resolve'],
    [['resolve', '--images', '--json', config], 'write --images=FILE if it begins with "-"'],
    [['resolve', '-', '--images', '-'], '"-" is given twice'],
    [['challenge', config, 'nginx'], 'the header lines of a 401 answer'],
    [['credentials'], 'expected one IMAGE'],
    [['credentials', 'a', 'b'], 'expected one IMAGE'],
    [['credentials', '--docker-config', config, 'ghcr.io/x'], 'no option of credentials'],
    [['secret'], 'expected one CONFIG'],
    [['secret', config, config], 'expected one CONFIG'],
    [['secret', '--force', config], '--force expects --output FILE'],
    [['convert'], 'expected --docker-config FILE'],
    [['convert', '--docker-confg', docker], 'did you mean --docker-config?'],
    [convert('x'), 'expected --docker-config FILE and no operands'],
    [convert('--docker-config', docker), '--docker-config is given twice'],
    [convert('--strict'), '--strict is no option of convert'],
    [convert('--program', 'kubectl'), '--program: expected contrast, docker or podman'],
    [convert('--force'), '--force expects --output FILE'],
    [convert('--output', '-'), '--output expects a FILE'],
    [convert('--ca', 'x'), '--ca REGISTRY=FILE: expected a domain name'],
    [convert('--ca', `=${docker}`), 'expected a domain name'],
    [convert('--ca', `.=${docker}`), 'expected a domain name'],
    [convert('--ca', `.a.io=${docker}`), 'expected a domain name'],
    [convert('--ca', `a.io:5000=${docker}`), 'expected a domain name'],
    [convert('--ca', `192.0.2.1=${docker}`), 'expected a domain name'],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await run(args)
    expect([status, stdout]).toEqual([2, args.includes('--json') ? expect.any(String) : ''])
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/^imagepuller-auth: .*\nTry: imagepuller-auth .*--help\n$/)
  })

  it('shows no value that was typed, only names of options and commands', async () => {
    const { stderr } = await run(['resolve', '--pasword=hunter2hunter2', config, 'nginx'])
    expect(stderr).toContain('--pasword is no option')
    expect(stderr).not.toContain('hunter2')
  })

  it('prints what was typed without what rewrites the terminal', async () => {
    const { stderr } = await run(['re\u001b[2Jsolve'])
    expect(stderr).toContain('re?[2Jsolve')
    expect((await run(['resolve', '--a\u009bb', 'x'])).stderr).toContain('--a?b is no option')
  })

  it.each([
    ['an option behind the operands', ['resolve', config, 'nginx', '--json']],
    ['one between them', ['resolve', config, '--json', 'nginx']],
    ['one before the command', ['--json', 'resolve', config, 'nginx']],
    ['operands behind --', ['resolve', '--json', '--', config, 'nginx']],
  ])('%s is right usage', async (_, args) => {
    const { status, stdout } = await run(args)
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toHaveLength(1)
  })
})

describe('files that can not be opened', () => {
  it.each([
    [['resolve', folder.path, 'nginx'], 'it is a folder (EISDIR)'],
    [['resolve', `${folder.path}/none`, 'nginx'], "none: can't be read: there is none (ENOENT)"],
    [['resolve', `${config}/x`, 'nginx'], 'a part of its path is no folder (ENOTDIR)'],
    [['resolve', config, '--images', `${folder.path}/none`], '(ENOENT)'],
    [['resolve', config, '--manifests', `${folder.path}/none`], '(ENOENT)'],
    [['challenge', `${folder.path}/none`, 'nginx', 'Basic'], '(ENOENT)'],
    [['secret', `${folder.path}/none`], '(ENOENT)'],
    [['convert', '--docker-config', `${folder.path}/none`], '(ENOENT)'],
    [convert('--ca', `a.io=${folder.path}/none`), '(ENOENT)'],
    [convert('--ca', `a.io=${folder.path}`), '(EISDIR)'],
  ])('%j: status 2', async (args, message) => {
    const { status, stdout, stderr } = await run(args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })
})
