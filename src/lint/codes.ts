// What each code means, in a line: for lists of codes, and for those that ask for one by its name.
import { PULLER_SENTENCES, type PullerFindingCode } from '../puller/index.js'
import { nearestAmong } from '../text/index.js'
import type { LintFindingCode } from './finding.js'

type OwnCode = Exclude<LintFindingCode, PullerFindingCode>

const OWN: Readonly<Record<OwnCode, string>> = {
  'too-large': 'The document is larger than a Secret may be.',
  'invalid-utf8': "The document isn't UTF-8.",
  'invalid-toml': "The document isn't TOML.",
  'unknown-key': "A key isn't known.",
  'wrong-type': 'A value has the wrong type.',
  'puller-refuses-toml': "Contrast's puller reads TOML 1.0, and doesn't start with this.",
  'duplicate-name': 'Two names of rules mean the same.',
  'unmatchable-ca-certs':
    'The ca-certs of a name that this library applies to no registry restrict nothing.',
  'unmatchable-name': 'This library never applies a rule of that name.',
  'docker-hub-name': "The name of a rule is a server of Docker Hub that no image's registry is.",
  'hidden-rule': 'A more specific rule covers whatever this rule is for.',
  'rule-without-effect': 'A rule says what would hold without it.',
  'resembling-name': 'The name of a rule is nearly that of a public registry.',
  'broken-certificate': 'A certificate is broken.',
  'certificate-skipped': 'A broken certificate is passed over.',
  'no-certificates': 'What stands in ca-certs is no certificate, and not meant as a text either.',
  'deny-all': 'The text of ca-certs denies everything, as the guide has it.',
  'block-left-out': 'A PEM block is no trust anchor, and is left out.',
  'damaged-block': 'What looks like a damaged PEM block is taken for text.',
  'private-key': 'A private key stands where it has no use.',
  'ca-certs-ignored': 'insecure-skip-verify wins over ca-certs.',
  'certificate-expired': 'A trust anchor has expired.',
  'certificate-expires-soon': 'A trust anchor expires soon.',
  'certificate-not-yet-valid': "A trust anchor isn't valid yet.",
  'certificate-not-ca': "A trust anchor is a server's certificate, and no CA's.",
  'weak-key': 'A trust anchor has a key that some clients refuse.',
  'weak-signature': 'A certificate is signed over a digest that Go, Node and Deno no longer take.',
  'same-subject': 'Two trust anchors have one subject.',
  'repeated-certificate': 'A certificate stands in a bundle twice.',
  'skip-verify-on-catch-all': 'TLS is verified for no registry that has no rule of its own.',
  'skip-verify-on-single-label': "TLS isn't verified below a whole top-level domain.",
  'control-character': 'Credentials have a control character.',
  'incomplete-credentials': 'A user name has no password, or the reverse.',
  'several-credentials': 'A rule holds several kinds of credentials.',
  'auth-not-basic': "The value of auth isn't base64 of USERNAME:PASSWORD.",
  'bearer-prefix': 'A registrytoken begins with the word Bearer.',
  placeholder: 'A value has a placeholder that nothing replaced.',
  'credentials-without-tls': 'Credentials go to whichever server answers.',
  'credentials-on-catch-all': 'Credentials go to every registry that has no rule of its own.',
  'credentials-on-single-label': 'Credentials go to everything below a top-level domain.',
  'credentials-for-subdomains': 'Credentials go to subdomains too.',
  'repeated-secret': 'Registries that have nothing to do with each other share a secret.',
  'token-expired': 'A JSON Web Token has expired.',
  'token-expires-soon': 'A JSON Web Token expires soon.',
  'short-lived-credentials': 'Credentials end within hours.',
  'invalid-mirror-url': "A mirror isn't a URL that can be used.",
  'mirror-without-credentials': "A mirror gets none of the rule's credentials.",
  'mirror-fallback-without-mirror': 'mirror-fallback stands without mirror.',
  'invalid-proxy-url': "A proxy isn't a URL.",
  'unknown-proxy-scheme': "The scheme of a proxy is one that Contrast's puller takes for http.",
  'https-proxy-missing': 'HTTP_PROXY stands without HTTPS_PROXY.',
  'no-proxy-unmatchable': 'An entry of NO_PROXY never matches.',
  'proxy-credentials': "A proxy's URL holds credentials.",
  'ignore-unknown-code': 'A comment is no instruction, or names a code that there is none of.',
  'ignore-without-reason': 'A comment ignores a finding without saying why.',
  'ignore-without-effect': 'A comment ignores what is not found.',
  'secret-kind': 'The manifest is no Secret that holds a configuration.',
  'secret-name': "The Secret's name isn't the one that the node installer takes.",
  'secret-namespace': "The Secret's namespace isn't the one that the node installer takes.",
  'secret-key': "The Secret's key isn't the file that the node installer takes.",
  'secret-data': "The Secret's data isn't base64, or no text.",
  'secret-too-large': 'The Secret holds more than 1 MiB.',
}

/** The meaning of each code, in a sentence. */
export const LINT_CODES: Readonly<Record<LintFindingCode, string>> = Object.freeze({
  ...OWN,
  ...pullerMeanings(),
})

function pullerMeanings(): Readonly<Record<PullerFindingCode, string>> {
  const meanings = Object.entries(PULLER_SENTENCES).map(([code, { message }]) => [
    code,
    `${message}.`,
  ])
  return Object.fromEntries(meanings) as Record<PullerFindingCode, string>
}

/** Whether a text is a code. */
export function isLintCode(text: string): text is LintFindingCode {
  return Object.hasOwn(LINT_CODES, text)
}

/** The code that was probably meant. */
export const nearestLintCode: (text: string) => string | undefined = nearestAmong(
  Object.keys(LINT_CODES),
)
