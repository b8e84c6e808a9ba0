export {
  type CaBundle,
  type ParseCaBundleOptions,
  parseCaBundle,
  readCaBundle,
  type SkippedBlock,
  type SkippedBlockCode,
} from './bundle.js'
export type { Certificate } from './certificate.js'
export type { PemFault } from './pem.js'
