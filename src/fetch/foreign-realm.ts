// Token services outside the registry's own domain: whether they are told credentials.
import type { TokenRequest } from '../handshake/index.js'
import { FetchFault } from './fetch-fault.js'

/** What decides about a token service outside the registry's own domain. */
export type ForeignRealm = 'allow' | 'refuse' | ((request: TokenRequest) => boolean)

/** Throws a {@link FetchFault} where a foreign token service is refused. */
export function checkRealm(request: TokenRequest, foreignRealm: ForeignRealm): void {
  if (!request.foreign || foreignRealm === 'allow') return
  if (foreignRealm !== 'refuse' && foreignRealm(request) === true) return
  const { origin, registry } = request
  const message = `the token service ${origin} is outside the domain of ${registry}, and foreignRealm refuses it`
  throw new FetchFault('realm-refused', message)
}
