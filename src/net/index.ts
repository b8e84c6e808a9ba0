// IP addresses and their scopes, hosts, URLs.
export {
  addressOfHost,
  asciiHost,
  endsInNumber,
  hostOfUrl,
  isIpAddress,
  withoutTrailingDot,
} from './host.js'
export { type HttpUrl, type HttpUrlFault, parseHttpUrl } from './http-url.js'
export {
  type IpAddress,
  type IpPrefix,
  isInPrefix,
  parseIpAddress,
  parseIpPrefix,
  unmapIpAddress,
} from './ip-address.js'
export { scopeOf } from './ip-scope.js'
export { hasBrokenEscape } from './percent-escape.js'
export { isHostTooLong, parseUrl, withoutTrailingSlashes } from './url.js'
