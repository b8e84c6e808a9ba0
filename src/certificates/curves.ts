// The elliptic curves that Go's crypto/x509 knows by name.

import { lazy } from '../lazy.js'
/** A curve y² = x³ - 3x + b over the field of order p (FIPS 186-4, appendix D.1.2). */
export interface Curve {
  /** The octets of a coordinate. */
  readonly octets: number
  readonly p: bigint
  readonly b: bigint
}

/** By their object identifiers (RFC 5480, section 2.1.1.1). */
export const curves: () => ReadonlyMap<string, Curve> = lazy(
  () =>
    new Map([
      [
        '1.3.132.0.33', // P-224
        {
          octets: 28,
          p: 2n ** 224n - 2n ** 96n + 1n,
          b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
        },
      ],
      [
        '1.2.840.10045.3.1.7', // P-256
        {
          octets: 32,
          p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
          b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
        },
      ],
      [
        '1.3.132.0.34', // P-384
        {
          octets: 48,
          p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
          b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
        },
      ],
      [
        '1.3.132.0.35', // P-521
        {
          octets: 66,
          p: 2n ** 521n - 1n,
          b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
        },
      ],
    ]),
)
