// Look-ups that no name server of a test can be made to give.

import { describe, expect, it } from 'vitest'
import { deadlineOf } from '../../../../src/cli/check/deadline.js'
import { lookUp } from '../../../../src/cli/check/dial.js'

describe('a look-up', () => {
  it('that has no answer in time', async () => {
    const never = lookUp('registry.corp', deadlineOf(0.01), () => undefined)
    await expect(never).rejects.toMatchObject({
      code: 'CHECK_LOOKUP_TIMEOUT',
      message: 'no answer about registry.corp in 0.01 seconds',
    })
  })

  it('that name servers fail at', async () => {
    const failing = lookUp('registry.corp', deadlineOf(1), (_, done) => {
      done(Object.assign(new Error('x'), { code: 'EAI_AGAIN' }), [])
    })
    await expect(failing).rejects.toMatchObject({
      code: 'EAI_AGAIN',
      message: "this machine's name servers give no address for registry.corp (EAI_AGAIN)",
    })
  })

  it('of an address asks nobody', async () => {
    const asking = () => {
      throw new Error('asked')
    }
    expect(await lookUp('::1', deadlineOf(1), asking)).toEqual([{ address: '::1', family: 6 }])
  })
})

it('counts seconds', () => {
  expect([deadlineOf(1).text, deadlineOf(2.5)]).toEqual([
    '1 second',
    { milliseconds: 2500, text: '2.5 seconds' },
  ])
})
