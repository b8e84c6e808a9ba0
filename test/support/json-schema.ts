/** The JSON Schema of the configuration for editors, made from the key table. */

import { EXTRA_ENV_ROWS, RULE_ROWS, rowsOf } from '../../src/config/keys.js'

type Rows = ReturnType<typeof rowsOf>

/** The text of docs/contrast-imagepuller.schema.json. */
export function makeSchema(): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: "Configuration of Contrast's image puller",
    type: 'object',
    properties: {
      'extra-env': tableOf(rowsOf(EXTRA_ENV_ROWS)),
      registries: {
        type: 'object',
        additionalProperties: {
          ...tableOf(rowsOf(RULE_ROWS)),
          // To the parser an empty text is unset.
          allOf: [
            { if: { not: present('username') }, else: present('password') },
            { if: { not: present('password') }, else: present('username') },
          ],
        },
      },
    },
    additionalProperties: false,
  }
  return `${JSON.stringify(schema, undefined, 2)}\n`
}

function tableOf(rows: Rows): object {
  const properties = rows.map(([, { key, type, meaning }]) => [
    key,
    { type, description: meaning.replaceAll('`', '') },
  ])
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  }
}

function present(key: string): object {
  return { properties: { [key]: { type: 'string', minLength: 1 } }, required: [key] }
}
