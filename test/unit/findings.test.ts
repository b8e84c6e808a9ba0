import { describe, expect, it } from 'vitest'
import {
  ConfigError,
  type ConfigFinding,
  describePlace,
  freezeFinding,
  type Place,
} from '../../src/findings.js'

const place = { kind: 'document', line: 2, column: 3, endLine: 2, endColumn: 7 } as const

const finding: ConfigFinding = {
  code: 'unknown-key',
  severity: 'error',
  path: ['registries', 'a.io.', 'x'],
  message: 'what is there',
  help: 'what to write',
  place,
}

describe('ConfigError', () => {
  it('has its code, its issues, and a line for each', () => {
    const error = new ConfigError([finding, { ...finding, help: undefined, place: undefined }])
    expect(error).toBeInstanceOf(Error)
    expect(error.name).toBe('ConfigError')
    expect(error.code).toBe('ERR_CONFIG_INVALID')
    expect(error.issues).toHaveLength(2)
    expect(error.message).toBe(
      '2:3: what is there; what to write (unknown-key)\nwhat is there (unknown-key)',
    )
    expect(Object.isFrozen(error.issues)).toBe(true)
    expect(error.cause).toBeUndefined()
  })

  it('spells out ten, and keeps all', () => {
    const error = new ConfigError([finding, ...new Array<ConfigFinding>(11).fill(finding)])
    expect(error.message.split('\n')).toHaveLength(11)
    expect(error.message).toContain('\nand 2 more')
    expect(error.issues).toHaveLength(12)
  })
})

describe('a place', () => {
  it.each<[Place | undefined, string]>([
    [place, '2:3: '],
    [{ kind: 'environment', variable: 'HTTP_PROXY' }, 'HTTP_PROXY: '],
    [{ kind: 'bundle', block: 3, line: 7 }, 'block 3, line 7: '],
    [{ kind: 'image', index: 0, image: 'nginx' }, 'image 1: '],
    [undefined, ''],
  ])('%j begins a message as %j', (where, want) => expect(describePlace(where)).toBe(want))
})

describe('a finding', () => {
  it('is frozen with all that it has, and copied', () => {
    const frozen = freezeFinding(finding)
    expect(frozen).toEqual(finding)
    expect(frozen.path).not.toBe(finding.path)
    for (const part of [frozen, frozen.path, frozen.place]) expect(Object.isFrozen(part)).toBe(true)
  })

  it('keeps what is frozen already', () => {
    const frozen = freezeFinding(finding)
    const again = freezeFinding(frozen)
    expect(again).toEqual(finding)
    expect(again.path).toBe(frozen.path)
    expect(again.place).toBe(frozen.place)
  })
})
