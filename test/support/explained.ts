/** Documents with rules by name, and what comes of following a near miss. */

import { type Explanation, explain } from '../../src/explain/index.js'
import { createResolver, parseConfig } from '../../src/index.js'

/** A document with a rule under each name, of one line. */
export function documentOf(rules: readonly (readonly [name: string, lines: string])[]): string {
  // A string of JSON is one of TOML, save for DEL.
  const quoted = (name: string) => JSON.stringify(name).replaceAll('\x7f', '\\u007f')
  return rules.map(([name, lines]) => `[registries.${quoted(name)}]\n${lines}\n`).join('')
}

export function explainWith(document: string, image: string): Explanation {
  return explain(createResolver(parseConfig(document)), image)
}

/** The rule that applies when each near miss is followed, one at a time. */
export function followed(
  rules: readonly (readonly [name: string, lines: string])[],
  image: string,
): readonly (readonly [applied: string | undefined, wanted: string])[] {
  const { nearMisses } = explainWith(documentOf(rules), image)
  return nearMisses.map(({ name, replaces, suggestion, place }) => {
    // Each rule takes two lines. A name may be shown otherwise than it is written.
    const renamed = rules.map(([own, lines], index) => {
      const isMeant = replaces === 'rule' && index === (place.line - 1) / 2
      return [isMeant ? suggestion : own, lines] as const
    })
    const asked = replaces === 'image' ? suggestion : image
    const resolution = createResolver(parseConfig(documentOf(renamed))).resolve(asked)
    return [resolution.rule?.name, replaces === 'rule' ? suggestion : name] as const
  })
}
