// The journal: what is said of a step depends on what follows it.

import { describe, expect, it } from 'vitest'
import { Journal } from '../../../../src/cli/check/journal.js'
import { SentSecrets } from '../../../../src/cli/check/sent-secrets.js'
import { StepFault } from '../../../../src/cli/check/step-fault.js'
import type { Step } from '../../../../src/cli/step.js'

function setUp() {
  let time = 0
  const heard: string[] = []
  const audience = {
    begun: (name: string, subject: string) => heard.push(`${name} ${subject}`),
    ended: ({ outcome, message }: Step) => heard.push(`${outcome} ${message}`),
  }
  const journal = new Journal(audience, () => (time += 10), new SentSecrets())
  return { journal, heard }
}

const fault = new StepFault('ECONNREFUSED', 'it is refused', { help: 'start it' })
const failing = async () => {
  throw fault
}

describe('a step', () => {
  it('ends with what is said, and takes its time', () => {
    const { journal, heard } = setUp()
    journal.begin('look-up', 'a')
    journal.end({ outcome: 'ok', message: 'found' })
    expect(heard).toEqual(['look-up a', 'ok found'])
    expect(journal.steps).toEqual([
      { name: 'look-up', milliseconds: 10, outcome: 'ok', message: 'found' },
    ])
  })

  it('that failed is passed over if another follows, without help, in the time until it failed', async () => {
    const { journal } = setUp()
    await expect(journal.step('connection', 'a', false, failing)).rejects.toBe(fault)
    journal.begin('connection', 'b')
    const [step] = journal.steps
    expect(step).toEqual({
      ...{ name: 'connection', outcome: 'passed-over', message: 'it is refused' },
      milliseconds: 20,
    })
  })

  it('that failed ends the image if none follows', async () => {
    const { journal } = setUp()
    await expect(journal.step('connection', 'a', false, failing)).rejects.toBe(fault)
    journal.fail('/v2/', 'a', { message: 'something else' })
    expect(journal.steps.at(-1)).toMatchObject({
      outcome: 'failed',
      message: 'it is refused',
      help: 'start it',
    })
  })

  it('that is known is told of only if it fails', async () => {
    const { journal, heard } = setUp()
    const run = async () => ['socket', { message: 'connected' }] as const
    expect(await journal.step('connection', 'a', true, run)).toBe('socket')
    expect(heard).toEqual([])
    await expect(journal.step('connection', 'a', true, failing)).rejects.toBe(fault)
    expect(heard).toEqual(['connection a'])
  })

  it('that meets a fault of the program lets it pass', async () => {
    const { journal } = setUp()
    const bug = new RangeError('bug')
    const run = async () => {
      throw bug
    }
    await expect(journal.step('tls', 'a', false, run)).rejects.toBe(bug)
  })

  it('is ended by the next one, and well if nothing was noted', () => {
    const { journal, heard } = setUp()
    journal.begin('challenge', 'asks for Basic')
    journal.begin('token', 'GET')
    expect(heard).toEqual(['challenge asks for Basic', 'ok asks for Basic', 'token GET'])
  })

  it('goes on where it is open, and begins where another is', () => {
    const { journal, heard } = setUp()
    journal.begin('manifest', 'a')
    journal.resume('manifest', 'b')
    journal.resume('token', 'c')
    expect(heard).toEqual(['manifest a', 'ok a', 'token c'])
  })
})

describe('without an open step', () => {
  it('notes, faults and ends are for none', () => {
    const { journal, heard } = setUp()
    journal.note({ outcome: 'ok', message: 'x' })
    journal.fault(fault)
    journal.end({ outcome: 'ok', message: 'x' })
    expect(heard).toEqual([])
  })

  it('a failure is a step of its own', () => {
    const { journal } = setUp()
    journal.fail('connection', 'a', { message: 'the registry has no answer' })
    expect(journal.steps).toMatchObject([
      { outcome: 'failed', message: 'the registry has no answer' },
    ])
  })
})
