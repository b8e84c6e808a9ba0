// WebCrypto, as far as signatures are verified by it: the same in Node, Bun, Deno and browsers. Declared
// here and not for the library as a whole, whose core uses none.

export interface ImportedKey {
  readonly type: string
}

export interface SubtleCrypto {
  importKey(
    format: 'spki',
    key: Uint8Array,
    algorithm: WebAlgorithm,
    extractable: boolean,
    usages: readonly ['verify'],
  ): Promise<ImportedKey>
  verify(
    algorithm: WebAlgorithm,
    key: ImportedKey,
    signature: Uint8Array,
    data: Uint8Array,
  ): Promise<boolean>
}

/** The parameters of an algorithm, those of the key and of the signature in one. */
export interface WebAlgorithm {
  readonly name: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS' | 'ECDSA' | 'Ed25519'
  readonly hash?: string
  readonly saltLength?: number
  readonly namedCurve?: string
}

const { crypto } = globalThis as unknown as { readonly crypto: { readonly subtle: SubtleCrypto } }

export const subtle: SubtleCrypto = crypto.subtle
