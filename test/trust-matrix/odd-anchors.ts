import type { LoopbackServer } from '../support/loopback.js'
import { startRegistry } from '../support/loopback.js'
import {
  type Authority,
  type AuthorityVariant,
  createAuthority,
  createIdentity,
  type Identity,
  KeyUsageFlags,
} from '../support/pki.js'

// Bundles that the runtimes judge each in its own way: what is pinned, and a server below it.

type Verdict = 'accepted' | 'denied'

/** What comes of such a bundle, by runtime. */
export interface OddVerdicts {
  readonly go: Verdict
  readonly node: Verdict
  /** Which of two roots Bun tries is left to chance. */
  readonly bun: Verdict | 'either'
  readonly deno: Verdict | 'refused'
}

const RIGHT = {
  go: 'accepted',
  node: 'accepted',
  bun: 'accepted',
  deno: 'accepted',
} as const satisfies OddVerdicts
/** A limit of the anchor that Deno doesn't know. */
const LIMITED = {
  go: 'denied',
  node: 'denied',
  bun: 'denied',
  deno: 'refused',
} as const satisfies OddVerdicts

/** By what is odd: crypto/x509 as its source of Go 1.26 says, the runtimes as measured. */
export const ODD_VERDICTS = {
  'an expired root': { go: 'denied', node: 'denied', bun: 'denied', deno: 'accepted' },
  'a server named in the common name only': {
    go: 'denied',
    node: 'accepted',
    bun: 'accepted',
    deno: 'accepted',
  },
  "the server's own certificate": {
    go: 'accepted',
    node: 'accepted',
    bun: 'accepted',
    deno: 'refused',
  },
  'a root that is no CA': LIMITED,
  'a root of version 3 without basic constraints': {
    go: 'denied',
    node: 'accepted',
    bun: 'accepted',
    deno: 'refused',
  },
  'a root of path length 0, and an intermediate': LIMITED,
  'a root of path length 1, and two intermediates': LIMITED,
  'a root that may not sign certificates': LIMITED,
  'a root that is not for servers': LIMITED,
  'two roots of one name, signed by the first': { ...RIGHT, bun: 'either' },
  'two roots of one name, signed by the second': { ...RIGHT, node: 'denied', bun: 'either' },
  'two roots of one name with key identifiers, signed by the second': RIGHT,
} as const satisfies Readonly<Record<string, OddVerdicts>>

export type OddName = keyof typeof ODD_VERDICTS

export const ODD_NAMES = Object.keys(ODD_VERDICTS) as OddName[]

/** A bundle and a server below it. */
export interface OddCase {
  /** The bundle's certificates, as PEM. */
  readonly bundle: readonly string[]
  readonly server: LoopbackServer
}

const pemOf = ({ certificate }: Authority) => certificate.toString('pem')
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'

/** Each odd bundle, with a server of its own. */
export async function startOddCases(): Promise<ReadonlyMap<OddName, OddCase>> {
  const cases = new Map<OddName, OddCase>()
  for (const name of ODD_NAMES) {
    const { bundle, identity } = await MAKERS[name]()
    cases.set(name, { bundle, server: await startRegistry(identity) })
  }
  return cases
}

interface Made {
  readonly bundle: readonly string[]
  readonly identity: Identity
}

const MAKERS: Readonly<Record<OddName, () => Promise<Made>>> = {
  'an expired root': () => belowRoot({ isExpired: true }),
  'a server named in the common name only': () => belowRoot({}, { isNameless: true }),
  "the server's own certificate": async () => {
    const identity = await createIdentity(await createAuthority('Unknown Root'))
    return { bundle: [identity.cert], identity }
  },
  'a root that is no CA': () => belowRoot({ isCA: false }),
  'a root of version 3 without basic constraints': () => belowRoot({ isCA: null }),
  'a root of path length 0, and an intermediate': () => belowRoot({ pathLength: 0 }, {}, 1),
  'a root of path length 1, and two intermediates': () => belowRoot({ pathLength: 1 }, {}, 2),
  'a root that may not sign certificates': () =>
    belowRoot({ keyUsage: KeyUsageFlags.digitalSignature }),
  'a root that is not for servers': () => belowRoot({ extendedKeyUsage: [CLIENT_AUTH] }),
  'two roots of one name, signed by the first': () => belowOneOfTwo(0),
  'two roots of one name, signed by the second': () => belowOneOfTwo(1),
  'two roots of one name with key identifiers, signed by the second': () => belowOneOfTwo(1, true),
}

async function belowRoot(
  variant: AuthorityVariant,
  leaf: { readonly isNameless?: boolean } = {},
  intermediates = 0,
): Promise<Made> {
  const root = await createAuthority('Odd Root', undefined, variant)
  let issuer = root
  const chain: Authority[] = []
  for (let i = 1; i <= intermediates; i++) {
    issuer = await createAuthority(`Intermediate ${i} of the odd root`, issuer)
    chain.push(issuer)
  }
  const { cert, key } = await createIdentity(issuer, leaf)
  // The issuer of the server's certificate is in its chain already.
  const rest = chain.slice(0, -1).reverse().map(pemOf)
  return { bundle: [pemOf(root)], identity: { cert: [cert, ...rest].join('\n'), key } }
}

async function belowOneOfTwo(signer: 0 | 1, hasKeyIdentifier = false): Promise<Made> {
  const create = () => createAuthority('Twin Root', undefined, { hasKeyIdentifier })
  const roots = [await create(), await create()] as const
  const identity = await createIdentity(roots[signer], { hasKeyIdentifier })
  return { bundle: roots.map(pemOf), identity }
}
