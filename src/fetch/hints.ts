// What the configuration may have to do with a fault: a rule that doesn't apply, and was meant to.
import type { Bypassed, Resolution } from '../resolve/index.js'
import type { ConfigurationHint } from './errors.js'

/** The hints for an image, the likeliest first. */
export function hintsFor({ bypassed }: Resolution): readonly ConfigurationHint[] {
  return Object.freeze(bypassed === undefined ? [] : [bypassedHint(bypassed)])
}

function bypassedHint(bypassed: Bypassed): ConfigurationHint {
  const rule = bypassed.code === 'port' ? bypassed.rule?.name : undefined
  const besides = rule === undefined ? '' : `; without the port, the rule "${rule}" would apply`
  const message = `${bypassed.message}${besides}`
  return Object.freeze({ code: 'bypassed', rule, message, place: undefined })
}
