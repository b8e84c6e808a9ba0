// Docker's command line reads credentials from the file of all its settings, and fails as a whole
// where one of the others is of a wrong type.

import { lazy } from '../lazy.js'
import { foldedMembers, isObject, isTextOrNull } from './members.js'

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

interface Setting {
  readonly name: string
  readonly expected: string
  isRight(value: unknown): boolean
}

function isMapOfTexts(value: unknown): boolean {
  if (value === null) return true
  return isObject(value) && Object.values(value).every(isTextOrNull)
}

function isListOfTexts(value: unknown): boolean {
  if (value === null) return true
  return Array.isArray(value) && value.every(isTextOrNull)
}

const settings: () => readonly Setting[] = lazy(() => [
  ...TEXTS.map((name) => ({ name, expected: 'a string', isRight: isTextOrNull })),
  ...MAPS_OF_TEXTS.map((name) => ({ name, expected: 'strings by name', isRight: isMapOfTexts })),
  { name: 'cliPluginsExtraDirs', expected: 'a list of strings', isRight: isListOfTexts },
])

/** The settings, other than credentials, at which Docker's command line fails. */
export function* checkSettings(root: unknown): Generator<SettingFault> {
  for (const { name, expected, isRight } of settings()) {
    for (const [written, value] of foldedMembers(root, name, []) ?? []) {
      if (!isRight(value)) yield { name: written, expected }
    }
  }
}
