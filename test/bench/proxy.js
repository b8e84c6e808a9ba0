import { createResolver, parseConfig } from 'imagepuller-auth'
import { getProxyForUrl } from 'proxy-from-env'
import { ratio, readCases, show, time } from './measure.js'

const cases = readCases('proxy.json')
const EMPTY = parseConfig('')
const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']

/** The example of the guide, and a host that no entry covers: the whole list is looked at. */
const ENV = { HTTPS_PROXY: 'http://proxy.corp:3128', NO_PROXY: '.corp,10.0.0.0/8,registry.example' }
const URL_TO_ASK = 'https://ghcr.io/v2/'

export function benchProxy() {
  const { proxyFor } = createResolver(EMPTY, { env: ENV })
  const ours = time(() => proxyFor(URL_TO_ASK), 50_000)
  const answers = cases.map((row) => [ourAnswer(row), wanted(row)])
  const right = answers.filter(([answer, want]) => answer === want).length
  const refused = answers.filter(([answer]) => answer === REFUSED).length
  const note = `Go's answer in ${right} of ${cases.length} cases, ${refused} refused as malformed`
  show('proxyFor', ours, note)

  const saved = VARIABLES.map((name) => [name, process.env[name]])
  try {
    setVariables(ENV)
    const peer = time(() => getProxyForUrl(URL_TO_ASK), 50_000)
    const same = cases.filter((row) => peersAnswer(row) === wanted(row)).length
    const times = `${ratio(peer, ours)} times proxyFor`
    show('  proxy-from-env', peer, `Go's answer in ${same} of ${cases.length} cases; ${times}`)
  } finally {
    setVariables(Object.fromEntries(saved))
  }
}

const REFUSED = 'refused'

/** Without the user info, which proxyFor keeps apart, and a slash at the end. */
const bare = (url) => url.replace(/\/\/[^/?#]*@/, '//').replace(/\/$/, '')
const wanted = ({ want }) => (want === null ? '' : bare(want))

function ourAnswer({ env, url }) {
  try {
    const decision = createResolver(EMPTY, { env }).proxyFor(url)
    return decision.kind === 'proxy' ? bare(decision.url) : ''
  } catch {
    return REFUSED
  }
}

function peersAnswer({ env, url }) {
  setVariables(env)
  return bare(getProxyForUrl(url))
}

function setVariables(env) {
  for (const name of VARIABLES) {
    delete process.env[name]
    delete process.env[name.toLowerCase()]
    if (env[name] !== undefined) process.env[name] = env[name]
  }
}
