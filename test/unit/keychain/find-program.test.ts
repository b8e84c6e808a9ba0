import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findProgram, programPaths } from '../../../src/keychain/find-program.js'

describe('the files that a program may be', () => {
  it.each<[string, Record<string, string | undefined>, readonly string[]]>([
    ['in the order of PATH', { PATH: '/b:/a/' }, ['/b/it', '/a/it']],
    ['in no empty element', { PATH: ':/a::' }, ['/a/it']],
    ['in no relative folder', { PATH: '.:bin:../bin:~/bin:/a' }, ['/a/it']],
    ['in a folder whose name Windows would divide', { PATH: '/a;C/b' }, ['/a;C/b/it']],
    ['by PATH as it is written', { Path: '/b', PATH: '/a' }, ['/a/it']],
    ['nowhere without PATH', { path: '/a' }, []],
    ['nowhere where PATH is empty', { PATH: '' }, []],
    ['nowhere where PATH has no value', { PATH: undefined }, []],
  ])('are %s', (_, env, expected) => {
    expect(programPaths('it', env, 'linux')).toEqual(expected)
  })

  it.each<[string, Record<string, string | undefined>, readonly string[]]>([
    [
      'programs, which need no shell',
      { PATH: 'C:\\b;D:\\a\\' },
      ['C:\\b\\it.exe', 'C:\\b\\it.com', 'D:\\a\\it.exe', 'D:\\a\\it.com'],
    ],
    ['found by Path', { Path: 'C:\\b' }, ['C:\\b\\it.exe', 'C:\\b\\it.com']],
    ['at a share', { PATH: '\\\\s\\b' }, ['\\\\s\\b\\it.exe', '\\\\s\\b\\it.com']],
    ['behind slashes', { PATH: 'C:/b' }, ['C:\\b\\it.exe', 'C:\\b\\it.com']],
    ['in no empty element', { PATH: ';;' }, []],
    ['in no relative folder', { PATH: '.;bin;..\\bin' }, []],
    ['in no folder of the current drive', { PATH: '\\bin;/bin' }, []],
    ['in no folder below the current one of a drive', { PATH: 'C:;C:bin' }, []],
    ['nowhere without PATH', {}, []],
  ])('are on Windows %s', (_, env, expected) => {
    expect(programPaths('it', env, 'win32')).toEqual(expected)
  })
})

describe('the program', () => {
  const workshop = mkdtempSync(join(tmpdir(), 'find-program-'))
  afterAll(() => rmSync(workshop, { recursive: true, force: true }))

  /** A folder of PATH, with what is made in it. */
  const folder = (name: string, make: (path: string) => void): string => {
    const made = join(workshop, name)
    mkdirSync(made)
    make(join(made, 'it'))
    return made
  }
  const write = (mode: number) => (path: string) => {
    writeFileSync(path, '#!/bin/sh\n')
    chmodSync(path, mode)
  }
  const program = folder('program', write(0o755))

  it.each<[string, (path: string) => void]>([
    ['is absent', () => undefined],
    ['is a folder', (path) => mkdirSync(path)],
    ['may not be run', write(0o644)],
    ['is a link to nothing', (path) => symlinkSync('/nowhere/it', path)],
  ])('is looked for on where it %s', async (name, make) => {
    const PATH = `${folder(name, make)}:${program}`
    expect(await findProgram('it', { PATH }, 'linux')).toBe(join(program, 'it'))
  })

  it('may be nowhere', async () => {
    expect(await findProgram('another', { PATH: program }, 'linux')).toBeUndefined()
    expect(await findProgram('it', {}, 'linux')).toBeUndefined()
  })
})
