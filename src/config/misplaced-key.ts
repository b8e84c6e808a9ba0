// Keys of this format that stand in another table than theirs, with what to write instead.
import { lazy } from '../lazy.js'
import { squeeze } from '../text/index.js'
import { EXTRA_ENV_ROWS, RULE_ROWS, rowsOf, TABLES } from './keys.js'
import type { KeyLevel } from './synonyms.js'

/**
 * What to write for a key of another table, spelled as this format spells it; undefined where no table
 * has it.
 *
 * @param squeezed - The key without case, `-` and `_`.
 * @param level - Where it stands.
 */
export function misplacedHelp(squeezed: string, level: KeyLevel): string | undefined {
  const home = homes().get(squeezed)
  return home === undefined || home.level === level ? undefined : home.help
}

interface Home {
  readonly level: KeyLevel
  readonly help: string
}

const rowsIn = (
  level: KeyLevel,
  keys: readonly string[],
  helpFor: (key: string) => string,
): (readonly [squeezed: string, home: Home])[] =>
  keys.map((key) => [squeeze(key), { level, help: helpFor(key) }])

/**
 * The tables of the keys, by the key without case, `-` and `_`. A Map, since a document may have keys such as
 * `constructor`.
 */
const homes: () => ReadonlyMap<string, Home> = lazy(
  () =>
    new Map([
      ...rowsIn(
        'root',
        TABLES,
        () =>
          'write it as a header of its own, [extra-env] or [registries."ghcr.io."]: a key belongs to the header above it',
      ),
      ...rowsIn(
        'extra-env',
        rowsOf(EXTRA_ENV_ROWS).map(([, { key }]) => key),
        (key) => `write ${key} below the header [extra-env]; it holds for all registries`,
      ),
      ...rowsIn(
        'rule',
        rowsOf(RULE_ROWS).map(([, { key }]) => key),
        (key) => `write ${key} below the header of a registry, such as [registries."ghcr.io."]`,
      ),
    ]),
)
