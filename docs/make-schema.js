// Writes contrast-imagepuller.schema.json, the JSON Schema of the configuration for editors, from the
// valibot schema that the parser's keys come from: `npm run schema`. The descriptions are those of the
// table in format.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { toJsonSchema } from '@valibot/to-json-schema'
import { configSchema } from '../dist/config.js'

const file = new URL('contrast-imagepuller.schema.json', import.meta.url)

export function makeSchema() {
  const schema = toJsonSchema(configSchema())
  const { 'extra-env': extraEnv, registries } = schema.properties
  const descriptions = readDescriptions()
  for (const [table, prefix] of [
    [extraEnv, 'extra-env.'],
    [registries.additionalProperties, 'registries."NAME".'],
  ]) {
    for (const [key, value] of Object.entries(table.properties)) {
      value.description = descriptions.get(prefix + key)
    }
  }
  // To the parser an empty text is unset.
  registries.additionalProperties.allOf = [
    { if: { not: present('username') }, else: present('password') },
    { if: { not: present('password') }, else: present('username') },
  ]
  const title = "Configuration of Contrast's image puller"
  const $schema = 'http://json-schema.org/draft-07/schema#'
  return `${JSON.stringify({ $schema, title, ...schema }, undefined, 2)}\n`
}

function present(key) {
  return { properties: { [key]: { type: 'string', minLength: 1 } }, required: [key] }
}

/** The first column's keys, of which several may share a row, and the third column. */
function readDescriptions() {
  const page = readFileSync(new URL('format.md', import.meta.url), 'utf8')
  const descriptions = new Map()
  for (const [, keys, meaning] of page.matchAll(/^\| (`[^|]+) \| \w+ \| ([^|]+) \|$/gm)) {
    const names = [...keys.matchAll(/`([^`]+)`/g)].map(([, name]) => name)
    const prefix = names[0].slice(0, names[0].lastIndexOf('.'))
    const text = meaning.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replaceAll('`', '')
    for (const name of names) descriptions.set(name.startsWith('.') ? prefix + name : name, text)
  }
  return descriptions
}

if (process.argv[1] === new URL(import.meta.url).pathname) writeFileSync(file, makeSchema())
