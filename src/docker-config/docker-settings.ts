// Docker's command line reads credentials from the file of all its settings, and fails as a whole
// where one of the others is of a wrong type.
import { type GenericSchema, nullish, string } from 'valibot'
import { isOf } from '../options.js'
import { foldedMembers, isObject } from './members.js'

/** A setting of a wrong type. */
export interface SettingFault {
  /** The member's name, as the document has it. */
  readonly name: string
  /** What was expected. */
  readonly expected: string
}

const TEXTS = [
  'detachKeys',
  'psFormat',
  'imagesFormat',
  'networksFormat',
  'pluginsFormat',
  'volumesFormat',
  'statsFormat',
  'serviceInspectFormat',
  'servicesFormat',
  'tasksFormat',
  'secretFormat',
  'configFormat',
  'nodesFormat',
  'currentContext',
]

const MAPS_OF_TEXTS = ['HttpHeaders', 'aliases', 'features']

const TEXT = nullish(string())

interface Setting {
  readonly name: string
  readonly expected: string
  isRight(value: unknown): boolean
}

const bySchema =
  (schema: GenericSchema) =>
  (value: unknown): boolean =>
    isOf(schema, value)

function isMapOfTexts(value: unknown): boolean {
  if (value === null) return true
  return isObject(value) && Object.values(value).every(bySchema(TEXT))
}

function isListOfTexts(value: unknown): boolean {
  if (value === null) return true
  return Array.isArray(value) && value.every(bySchema(TEXT))
}

const SETTINGS: readonly Setting[] = [
  ...TEXTS.map((name) => ({ name, expected: 'a string', isRight: bySchema(TEXT) })),
  ...MAPS_OF_TEXTS.map((name) => ({ name, expected: 'strings by name', isRight: isMapOfTexts })),
  { name: 'cliPluginsExtraDirs', expected: 'a list of strings', isRight: isListOfTexts },
]

/** The settings, other than credentials, at which Docker's command line fails. */
export function* checkSettings(root: unknown): Generator<SettingFault> {
  for (const { name, expected, isRight } of SETTINGS) {
    for (const [written, value] of foldedMembers(root, name, []) ?? []) {
      if (!isRight(value)) yield { name: written, expected }
    }
  }
}
