import { expect, it } from 'vitest'
import { parseCaBundle } from '../../../src/certificates/bundle.js'
import { DENYING_CA } from '../../../src/transport/denying-ca.js'

it('is one valid CA, since an empty list means the default CAs', () => {
  const [certificate] = parseCaBundle(DENYING_CA).certificates
  expect([certificate?.isCA, certificate?.pem]).toEqual([true, DENYING_CA])
  expect(certificate?.notBefore.getUTCFullYear()).toBe(2025)
  expect(certificate?.notAfter.getUTCFullYear()).toBe(9999)
})
