// Credentials files within Kubernetes Secrets, as `kubectl get secret -o json` prints them.
import { decodeBase64, decodeUtf8 } from '../text/index.js'
import { isObject, memberOf } from './members.js'

/** One file of a Secret. */
export interface SecretFile {
  /** The members that lead to it, from the manifest's root. */
  readonly path: readonly string[]
  /** Its text; undefined for what is no base64 of text. */
  readonly text: string | undefined
  /** Whether it is the legacy map of servers. */
  readonly isLegacy: boolean
}

const LEGACY_FILE = '.dockercfg'

/** The names that kubectl gives it, and that a mount for a builder has. */
const FILES = ['.dockerconfigjson', LEGACY_FILE, 'config.json', 'auth.json']

/**
 * The credentials files of a Secret, or of a list of Secrets; undefined for a document that is
 * neither. A Secret without such a file has none.
 */
export function secretFilesOf(root: unknown): readonly SecretFile[] | undefined {
  if (isSecret(root)) return filesOf(root, [])
  const items = memberOf(root, 'items')
  const kind = memberOf(root, 'kind')
  if (!Array.isArray(items) || typeof kind !== 'string' || !kind.endsWith('List')) return undefined
  return items.flatMap((item: unknown, i) =>
    isSecret(item) ? filesOf(item, ['items', String(i)]) : [],
  )
}

/** Whether a document is a Secret's manifest. */
export function isSecret(value: unknown): boolean {
  return memberOf(value, 'kind') === 'Secret'
}

function filesOf(secret: unknown, path: readonly string[]): readonly SecretFile[] {
  const data = memberOf(secret, 'data')
  const texts = memberOf(secret, 'stringData')
  return FILES.flatMap((name) => {
    const isLegacy = name === LEGACY_FILE
    // The API server lets stringData replace what data has.
    if (isObject(texts) && Object.hasOwn(texts, name)) {
      const text = texts[name]
      const read = typeof text === 'string' ? text : undefined
      return [{ path: [...path, 'stringData', name], text: read, isLegacy }]
    }
    if (!isObject(data) || !Object.hasOwn(data, name)) return []
    return [{ path: [...path, 'data', name], text: decode(data[name]), isLegacy }]
  })
}

function decode(value: unknown): string | undefined {
  const bytes = typeof value === 'string' ? decodeBase64(value.trim()) : undefined
  return bytes && decodeUtf8(bytes)
}
