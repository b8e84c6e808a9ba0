// Streams: what is read and written, in which colours, and what a reader that goes away means.

import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.js'
import { createFolder, run } from './support/command.js'

const folder = createFolder()
const config = folder.file('c.toml', '[registries."."]\nca-certs = "no one"\n')
/** The beginning of every colour. */
const COLOR = '\u001b['

describe('colour', () => {
  it.each<
    [
      name: string,
      env: Record<string, string | undefined>,
      isTerminal: boolean,
      options: string[],
      expected: boolean,
    ]
  >([
    ['on a terminal', {}, true, [], true],
    ['not elsewhere', {}, false, [], false],
    ['not with NO_COLOR', { NO_COLOR: '1' }, true, [], false],
    ['not with NO_COLOR beside FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, [], false],
    ['with an empty NO_COLOR, which counts as unset', { NO_COLOR: '' }, true, [], true],
    ['with a NO_COLOR that is undefined', { NO_COLOR: undefined }, true, [], true],
    ['not with --no-color', {}, true, ['--no-color'], false],
    ['not with --no-color beside FORCE_COLOR', { FORCE_COLOR: '1' }, true, ['--no-color'], false],
    ['elsewhere with FORCE_COLOR', { FORCE_COLOR: '1' }, false, [], true],
    ['not elsewhere with FORCE_COLOR=0', { FORCE_COLOR: '0' }, false, [], false],
    ['not on a dumb terminal', { TERM: 'dumb' }, true, [], false],
  ])('is used %s', async (_, env, isTerminal, options, expected) => {
    const given = isTerminal ? { env, columns: 80 } : { env }
    const { stdout, stderr } = await run(['resolve', ...options, config, 'nginx', 'A:B:C'], given)
    expect(stdout.includes(COLOR)).toBe(expected)
    expect(stderr.includes(COLOR)).toBe(expected)
  })

  it('is never in JSON, nor in what is written', async () => {
    const env = { FORCE_COLOR: '1' }
    expect((await run(['resolve', '--json', config, 'nginx'], { env })).stdout).not.toContain(COLOR)
    expect((await run(['secret', config], { env })).stdout).not.toContain(COLOR)
  })

  it('leaves the same text', async () => {
    const plain = await run(['resolve', config, 'nginx'])
    const painted = await run(['resolve', config, 'nginx'], { env: { FORCE_COLOR: '1' } })
    expect(stripVTControlCharacters(painted.stdout)).toBe(plain.stdout)
  })
})

/** A stream that fails with a code at each write. */
function failing(code: string): Writable {
  return new Writable({
    write: (_, __, done) => done(Object.assign(new Error('fails'), { code })),
  })
}

async function runOn(stdout: Writable, stderr: Writable, args = ['resolve', config, 'nginx']) {
  const surroundings = { stdin: none(), stdout, stderr, env: {}, platform: 'linux' }
  return main(args, surroundings)
}

async function* none(): AsyncGenerator<Uint8Array> {}

function collecting() {
  let text = ''
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk
      done()
    },
  })
  return { stream, text: () => text }
}

describe('streams that fail', () => {
  it('a reader that went away is no fault', async () => {
    const { stream, text } = collecting()
    expect(await runOn(failing('EPIPE'), stream)).toBe(0)
    expect(text()).not.toContain("can't be written")
  })

  it('neither is one of standard error', async () => {
    expect(await runOn(collecting().stream, failing('EPIPE'))).toBe(0)
  })

  it('a full disk is one, in a line', async () => {
    const { stream, text } = collecting()
    expect(await runOn(failing('ENOSPC'), stream)).toBe(1)
    expect(text()).toContain("standard output: can't be written (ENOSPC)\n")
  })

  it('of both is one without a line, and keeps a worse status', async () => {
    expect(await runOn(failing('ENOSPC'), failing('ENOSPC'))).toBe(1)
    expect(await runOn(failing('ENOSPC'), failing('ENOSPC'), [])).toBe(2)
  })

  it('of reading are failures', async () => {
    const stdin = (async function* () {
      yield Uint8Array.of(0x23)
      throw Object.assign(new Error('hunter2'), { code: 'EIO' })
    })()
    const { stream, text } = collecting()
    const given = { stdin, stdout: stream, stderr: stream, env: {}, platform: 'linux' }
    expect(await main(['resolve', '-', 'nginx'], given)).toBe(2)
    expect(text()).toBe("standard input: can't be read (EIO)\n")
  })

  it('of reading without a code too, and their text is not repeated', async () => {
    const stdin = (async function* () {
      yield '# text'
      throw new Error('hunter2')
    })()
    const { stream, text } = collecting()
    const given = { stdin, stdout: stream, stderr: stream, env: {}, platform: 'linux' }
    expect(await main(['resolve', '-', 'nginx'], given)).toBe(2)
    expect(text()).toBe("standard input: can't be read (unknown)\n")
  })

  it('standard input may come as text', async () => {
    const stdin = (async function* () {
      yield '[registries."ä.io'
      yield '."]\n'
    })()
    const { stream, text } = collecting()
    const given = { stdin, stdout: stream, stderr: stream, env: {}, platform: 'linux' }
    expect(await main(['resolve', '-', 'nginx'], given)).toBe(0)
    // The line is about the name as a whole: no character was lost between the pieces.
    expect(text()).toContain('registries."\\u{e4}.io."')
  })

  it('standard input without end is refused', async () => {
    const stdin = (async function* () {
      for (;;) yield new Uint8Array(1024 * 1024).fill(0x23)
    })()
    const { stream, text } = collecting()
    const given = { stdin, stdout: stream, stderr: stream, env: {}, platform: 'linux' }
    expect(await main(['resolve', '-', 'nginx'], given)).toBe(1)
    expect(text()).toBe('standard input: expected at most 67108864 bytes\n')
  })
})
