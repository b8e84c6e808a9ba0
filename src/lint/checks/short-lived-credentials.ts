// Credentials that a cloud's command line hands out for hours. They are told by the user name, or by the
// beginning of the token; nothing in the guest renews them.
import type { Check } from '../check.js'
import { AT_KEY } from '../finding.js'
import type { HeldSecret } from '../held-secrets.js'

/** User names that go with a token for hours, and what to use instead. */
const USERS: ReadonlyMap<string, readonly [what: string, help: string]> = new Map([
  [
    'AWS',
    [
      'are those of `aws ecr get-login-password`, which end after 12 hours',
      'use a pull-through cache or a mirror with credentials that last: ECR has no others',
    ],
  ],
  [
    'oauth2accesstoken',
    [
      'are an access token of Google, which ends after an hour',
      'write the user _json_key and the key of a service account',
    ],
  ],
  [
    '00000000-0000-0000-0000-000000000000',
    [
      'are a token of `az acr login`, which ends after 3 hours',
      'write the name and the password of a repository-scoped token, or of a service principal',
    ],
  ],
])

const GITHUB: readonly [what: string, help: string] = [
  'are a token of a GitHub app or workflow (ghs_), which ends within hours',
  'write a personal access token with the scope read:packages',
]

/** Whether credentials outlast the day. */
export const shortLivedCredentials: Check = function* ({ rules }) {
  for (const { secrets, path } of rules) {
    for (const held of secrets) {
      const known = knownAs(held)
      if (known === undefined) continue
      const [what, help] = known
      yield {
        code: 'short-lived-credentials',
        severity: 'warning',
        path: [...path, held.key],
        spot: AT_KEY,
        message: `holds credentials that ${what}, and nothing in the guest renews them`,
        help,
      }
    }
  }
}

function knownAs({ username, secret }: HeldSecret): readonly [string, string] | undefined {
  const known = username === undefined ? undefined : USERS.get(username)
  return known ?? (secret.reveal().startsWith('ghs_') ? GITHUB : undefined)
}
