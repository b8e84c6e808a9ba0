// What other programs call a thing that this format has, or hasn't, with what to write here instead.
// These rows come before the edit distance, which would lead from PROXY to NO_PROXY.
import { lazy } from '../lazy.js'

/** Where a key stands: at the document's root, in `[extra-env]`, or in a table of a registry. */
export type KeyLevel = 'root' | 'extra-env' | 'rule'

/**
 * The key of another program without case, `-` and `_`. Each of them has its row in
 * test/unit/config/synonyms.test.ts, with the hint that it gets.
 */
type Synonyms = Readonly<Record<string, string>>

const CA = "write ca-certs, with the PEM text itself (not its path) between '''"
const SKIP = 'write insecure-skip-verify = true to verify nothing; leave it out to verify'
const VERIFY =
  'TLS is verified unless insecure-skip-verify = true is written; leave this key out to verify'
const PLAIN_HTTP =
  "write insecure-skip-verify = true, which also allows plain HTTP here (Contrast's puller asks by plain HTTP for the registry's name alone); leave it out otherwise"
const TOKEN =
  'write username and password, where the token is used as a password; or registrytoken for a bearer token'
const USER = 'write username'
const PASSWORD = 'write password'
const IDENTITY = 'write identitytoken'
const PROXY = 'write HTTPS_PROXY below [extra-env]; a proxy holds for all registries'
const NO_PROXY = 'write NO_PROXY below [extra-env]; it holds for all registries'
const MIRROR = 'write mirror, with one URL'
const FALLBACK = 'write mirror-fallback = true to try the registry itself after its mirror'
const CLIENT_CERTIFICATE =
  "leave it out: client certificates aren't supported here; newer versions of Contrast's puller have keys for them"
const HEADER = 'write the name in the header of the table, such as [registries."ghcr.io."]'
const REGISTRIES = 'write [registries."ghcr.io."], with the keys of that registry below it'
const HELPER =
  'leave it out: nothing in the guest runs a credential helper; write username and password'
const LEAVE_OUT = 'leave it out: there is no such setting here'
const DOCKER =
  'this is Docker\'s config.json: convert it with `imagepuller-auth convert`, or write [registries."ghcr.io."] with username and password'
const TABLE_OF_ENV = 'write the header [extra-env], and the variable below it'

/** containerd's hosts.toml, Podman's registries.conf, k3s, BuildKit, Docker, Helm, curl and npm. */
const inRule = (): Synonyms => ({
  ca: CA,
  cas: CA,
  cacert: CA,
  cacerts: CA,
  cafile: CA,
  cabundle: CA,
  capath: CA,
  cadata: CA,
  cert: CA,
  certs: CA,
  certificate: CA,
  certificates: CA,
  certificateauthority: CA,
  rootca: CA,
  rootcas: CA,
  rootcerts: CA,
  trustedcerts: CA,
  pem: CA,
  sslcertfile: CA,
  clientcert: CLIENT_CERTIFICATE,
  clientcertificate: CLIENT_CERTIFICATE,
  clientkey: CLIENT_CERTIFICATE,
  client: CLIENT_CERTIFICATE,
  key: CLIENT_CERTIFICATE,
  keyfile: CLIENT_CERTIFICATE,
  certfile: CLIENT_CERTIFICATE,
  keypair: CLIENT_CERTIFICATE,
  tlsclientcert: CLIENT_CERTIFICATE,
  tlsclientkey: CLIENT_CERTIFICATE,
  insecure: SKIP,
  skipverify: SKIP,
  skiptlsverify: SKIP,
  insecureskiptlsverify: SKIP,
  tlsskipverify: SKIP,
  insecuretls: SKIP,
  noverify: SKIP,
  notlsverify: SKIP,
  allowinsecure: SKIP,
  insecureregistry: SKIP,
  verify: VERIFY,
  tlsverify: VERIFY,
  sslverify: VERIFY,
  verifytls: VERIFY,
  verifyssl: VERIFY,
  strictssl: VERIFY,
  secure: VERIFY,
  secureskipverify: VERIFY,
  tls: VERIFY,
  rejectunauthorized: VERIFY,
  plainhttp: PLAIN_HTTP,
  http: PLAIN_HTTP,
  allowhttp: PLAIN_HTTP,
  scheme: PLAIN_HTTP,
  user: USER,
  login: USER,
  account: USER,
  pass: PASSWORD,
  passwd: PASSWORD,
  pwd: PASSWORD,
  secret: PASSWORD,
  token: TOKEN,
  accesstoken: TOKEN,
  bearer: 'write registrytoken, without the word Bearer',
  bearertoken: 'write registrytoken, without the word Bearer',
  authorization: 'write auth, without the word Basic; or registrytoken, without the word Bearer',
  basic: 'write auth, or username and password',
  basicauth: 'write auth, or username and password',
  credentials: 'write username and password, or auth',
  refreshtoken: IDENTITY,
  idtoken: IDENTITY,
  oauthtoken: IDENTITY,
  credentialhelper: HELPER,
  credhelper: HELPER,
  credsstore: HELPER,
  credstore: HELPER,
  helper: HELPER,
  email: 'leave it out: registries have long ceased to ask for it',
  proxy: PROXY,
  bypass: NO_PROXY,
  mirrors: MIRROR,
  mirrorurl: MIRROR,
  endpoint: MIRROR,
  endpoints: MIRROR,
  location: MIRROR,
  server: MIRROR,
  host: HEADER,
  hosts: HEADER,
  name: HEADER,
  registry: HEADER,
  prefix: HEADER,
  domain: HEADER,
  url: HEADER,
  address: HEADER,
  fallback: FALLBACK,
  capabilities: LEAVE_OUT,
  overridepath: LEAVE_OUT,
  rewrite: LEAVE_OUT,
  header: LEAVE_OUT,
  headers: LEAVE_OUT,
  blocked: LEAVE_OUT,
  timeout: LEAVE_OUT,
  dialtimeout: LEAVE_OUT,
  pullfrommirror: LEAVE_OUT,
  mirrorbydigestonly: LEAVE_OUT,
  unqualifiedsearchregistries: LEAVE_OUT,
  env: 'write [extra-env] at the top level of the document',
})

/** What is a key of a registry. */
const ofRegistry = (): ReadonlySet<string> => new Set([CA, SKIP, TOKEN, USER, PASSWORD, IDENTITY])

/** Other words for keys of a registry, in another table. `ca-certs` itself is known to be a registry's. */
function registryKeys(): Synonyms {
  const helps = ofRegistry()
  return Object.fromEntries(
    Object.entries(inRule())
      .filter(([key, help]) => key !== 'cacerts' && helps.has(help))
      .map(([key, help]) => [key, belowRegistry(help)]),
  )
}

function belowRegistry(help: string): string {
  return `below the header of a registry, ${help}`
}

const inExtraEnv = (): Synonyms => ({
  ...registryKeys(),
  proxy: 'write HTTPS_PROXY, and HTTP_PROXY for registries without TLS',
  allproxy: 'write HTTPS_PROXY, and HTTP_PROXY for registries without TLS',
  socksproxy: 'write HTTPS_PROXY, with a URL such as socks5://proxy.corp:1080',
  ftpproxy: 'leave it out: nothing is fetched by FTP',
  http: 'write HTTP_PROXY',
  https: 'write HTTPS_PROXY',
  bypass: 'write NO_PROXY',
  noproxyhosts: 'write NO_PROXY',
  nonproxyhosts: 'write NO_PROXY',
  proxybypass: 'write NO_PROXY',
  proxyuser:
    'write HTTPS_PROXY with the user name in its URL, as in http://user:password@proxy.corp',
  proxypassword:
    'write HTTPS_PROXY with the password in its URL, as in http://user:password@proxy.corp',
  sslcertdir: belowRegistry(CA),
  nodeextracacerts: belowRegistry(CA),
})

const atRoot = (): Synonyms => ({
  ...registryKeys(),
  registry: REGISTRIES,
  host: REGISTRIES,
  hosts: REGISTRIES,
  server: REGISTRIES,
  mirrors: REGISTRIES,
  configs: REGISTRIES,
  plugins: REGISTRIES,
  name: REGISTRIES,
  unqualifiedsearchregistries: LEAVE_OUT,
  shortnamemode: LEAVE_OUT,
  version: LEAVE_OUT,
  debug: LEAVE_OUT,
  auths: DOCKER,
  credhelpers: DOCKER,
  credsstore: DOCKER,
  proxies: DOCKER,
  httpheaders: DOCKER,
  env: TABLE_OF_ENV,
  environment: TABLE_OF_ENV,
  proxy: `write HTTPS_PROXY below [extra-env]`,
  allproxy: 'write HTTPS_PROXY, and HTTP_PROXY for registries without TLS, below [extra-env]',
})

/** The rows by level. Maps, since a document may have keys such as `constructor`. */
export const synonyms: () => Readonly<Record<KeyLevel, ReadonlyMap<string, string>>> = lazy(() => ({
  root: new Map(Object.entries(atRoot())),
  'extra-env': new Map(Object.entries(inExtraEnv())),
  rule: new Map(Object.entries(inRule())),
}))
