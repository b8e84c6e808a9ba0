// What a document is, or looks like, by the members that it holds. Nothing of it is ever shown.
import { lazy } from '../lazy.js'
import { hasFoldedMember, isObject, memberOf } from './members.js'
import { isSecret } from './secret-files.js'

const CONFIG_MEMBERS = ['auths', 'credHelpers', 'credsStore']

const ENTRY_MEMBERS = ['auth', 'identitytoken', 'username', 'password', 'registrytoken', 'email']

/** Whether a document has a member for which a program reads it. */
export function isConfig(root: unknown): boolean {
  // The crate also takes an array of the three.
  return Array.isArray(root) ? root.length === CONFIG_MEMBERS.length : hasMember(root)
}

function hasMember(root: unknown): boolean {
  return hasFoldedMember(root, CONFIG_MEMBERS)
}

/** Whether a document is a map of servers, as the legacy `.dockercfg` is. */
export function isLegacyMap(root: unknown): boolean {
  if (!isObject(root)) return false
  const values = Object.values(root)
  return values.every(isObject) && values.some((value) => hasFoldedMember(value, ENTRY_MEMBERS))
}

/** Whether a document says nothing at all. */
export function isEmptyDocument(root: unknown): boolean {
  return root === null || (isObject(root) && Object.keys(root).length === 0)
}

type Likeness = readonly [looksLike: string, applies: (root: unknown) => boolean]

const has =
  (...names: readonly string[]) =>
  (root: unknown): boolean =>
    names.every((name) => memberOf(root, name) !== undefined)

/** The first that applies. */
const likenesses: () => readonly Likeness[] = lazy(() => [
  [
    "a Secret without .dockerconfigjson or .dockercfg; name the Secret that holds the registries' credentials",
    isSecret,
  ],
  [
    'a Kubernetes object that is no Secret; give the Secret that imagePullSecrets names',
    has('apiVersion', 'kind'),
  ],
  ["a credential helper's answer for one server", has('Username', 'Secret')],
  [
    'a key file of Google Cloud; it is the password of the user _json_key, so log in with it first',
    has('private_key', 'client_email'),
  ],
  [
    'one entry of auths without its server; write it as { "auths": { "REGISTRY": … } }',
    (root) => hasFoldedMember(root, ENTRY_MEMBERS),
  ],
  [
    "the settings of Docker's command line without any login",
    (root) =>
      hasFoldedMember(root, ['HttpHeaders', 'currentContext', 'plugins', 'proxies', 'psFormat']),
  ],
  ['a list', Array.isArray],
  ['a map without credentials', isObject],
])

/** What a document looks like, in words that follow "this looks like". */
export function likenessOf(root: unknown): string {
  const found = likenesses().find(([, applies]) => applies(root))
  return found ? found[0] : 'a single value'
}

/** What UTF-16 looks like: as bytes it may be no UTF-8, or characters with zeros in between. */
export const UTF_16 = 'UTF-16; save it as UTF-8'

/** What a text looks like that is no JSON; undefined where there is nothing to say. */
export function likenessOfText(text: string): string | undefined {
  const start = text.trimStart()
  if (start.startsWith('[registries') || start.startsWith('[extra-env')) {
    return "the image puller's own configuration, which needs no conversion"
  }
  if (start.startsWith('apiVersion:') || start.startsWith('kind:') || start.startsWith('---\n')) {
    return 'YAML; give the data that a YAML parser makes of it to readDockerConfig, or JSON (kubectl get -o json)'
  }
  if (text.includes('\0')) return UTF_16
  return undefined
}
