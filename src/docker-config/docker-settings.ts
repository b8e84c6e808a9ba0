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

const LISTS_OF_TEXTS = ['cliPluginsExtraDirs', 'pruneFilters']

const PROXY_TEXTS = ['httpProxy', 'httpsProxy', 'noProxy', 'ftpProxy', 'allProxy']

interface Setting {
  readonly name: string
  readonly expected: string
  isRight(value: unknown): boolean
}

/** For Go null is an empty map. */
function isMapOf(value: unknown, isRight: (value: unknown) => boolean): boolean {
  if (value === null) return true
  return isObject(value) && Object.values(value).every(isRight)
}

const isMapOfTexts = (value: unknown): boolean => isMapOf(value, isTextOrNull)

const isMapOfMaps = (value: unknown): boolean => isMapOf(value, isMapOfTexts)

const isMapOfProxies = (value: unknown): boolean => isMapOf(value, isProxy)

function isProxy(value: unknown): boolean {
  return PROXY_TEXTS.every((name) =>
    foldedMembers(value, name, [])?.every(([, text]) => isTextOrNull(text)),
  )
}

function isListOfTexts(value: unknown): boolean {
  if (value === null) return true
  return Array.isArray(value) && value.every(isTextOrNull)
}

const settings: () => readonly Setting[] = lazy(() => [
  ...TEXTS.map((name) => ({ name, expected: 'a string', isRight: isTextOrNull })),
  ...MAPS_OF_TEXTS.map((name) => ({ name, expected: 'strings by name', isRight: isMapOfTexts })),
  ...LISTS_OF_TEXTS.map((name) => ({
    name,
    expected: 'a list of strings',
    isRight: isListOfTexts,
  })),
  { name: 'plugins', expected: 'strings by name, by plugin', isRight: isMapOfMaps },
  { name: 'proxies', expected: 'proxies as strings, by host', isRight: isMapOfProxies },
])

/** The settings, other than credentials, at which Docker's command line fails. */
export function* checkSettings(root: unknown): Generator<SettingFault> {
  for (const { name, expected, isRight } of settings()) {
    for (const [written, value] of foldedMembers(root, name, []) ?? []) {
      if (!isRight(value)) yield { name: written, expected }
    }
  }
}
