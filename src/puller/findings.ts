// What there is to say about a document and Contrast's puller: each code with its sentence.
import { type Finding, freezeFinding, type Place, type Severity } from '../findings.js'
import { NEWEST_VERSION } from './version.js'

/** The codes of what Contrast's puller does with a document, or does otherwise. */
export type PullerFindingCode =
  | 'puller-does-not-start'
  | 'puller-start-unknown'
  | 'puller-name-not-normalized'
  | 'puller-passes-over'
  | 'puller-not-compared'
  | 'puller-version-unknown'
  | 'puller-left-to-chance'
  | 'puller-other-rule'
  | 'puller-trusts-more'
  | 'puller-trusts-less'
  | 'puller-sends-credentials'
  | 'puller-sends-no-credentials'
  | 'puller-plain-http'
  | 'puller-no-plain-http'
  | 'puller-mirror-credentials'
  | 'puller-mirror-requests'
  | 'puller-other-endpoint'
  | 'puller-other-proxy'
  | 'puller-process-proxy'
  | 'puller-unpinned'

/** A finding about Contrast's puller. */
export type PullerFinding = Finding<PullerFindingCode>

interface Sentence {
  readonly severity: Severity
  readonly message: string
  readonly help: string | undefined
}

/** What a code means, and what to write instead; `docs/puller.md` has the same sentences. */
export const PULLER_SENTENCES: Readonly<Record<PullerFindingCode, Sentence>> = {
  'puller-does-not-start': {
    severity: 'warning',
    message: "Contrast's puller refuses this document and doesn't start",
    help: 'write it as TOML 1.0 has it, with each value of the type that the key wants',
  },
  'puller-start-unknown': {
    severity: 'warning',
    message:
      "whether Contrast's puller starts can't be told: its parser passes over some faults that this one reports",
    help: 'mend what is no TOML',
  },
  'puller-name-not-normalized': {
    severity: 'warning',
    message:
      "Contrast's puller may refuse a name with upper case, or without its trailing dot, since 1.26",
    help: 'write the name of the registry in lower case, with a dot at the end',
  },
  'puller-passes-over': {
    severity: 'warning',
    message:
      "Contrast's puller starts with this document, and passes over what this library refuses in it",
    help: 'mend the errors of the document, none of which the puller reports',
  },
  'puller-not-compared': {
    severity: 'info',
    message:
      "what Contrast's puller does otherwise can't be told before the errors here are mended",
    help: undefined,
  },
  'puller-version-unknown': {
    severity: 'info',
    message: `this release of Contrast's puller is newer than ${NEWEST_VERSION}, whose answers are given for it`,
    help: undefined,
  },
  'puller-left-to-chance': {
    severity: 'warning',
    message:
      "several rules are equally specific for Contrast's puller, which picks one by chance with each pull",
    help: 'take the name apart: give each of them the same content, or leave one out',
  },
  'puller-other-rule': {
    severity: 'info',
    message: "Contrast's puller applies another rule than this library",
    help: undefined,
  },
  'puller-trusts-more': {
    severity: 'warning',
    message: "Contrast's puller trusts more in TLS than this library",
    help: 'name the registry in a rule that both read alike: lower case, a trailing dot, no port and no address, and a text in ca-certs where nothing shall be trusted',
  },
  'puller-trusts-less': {
    severity: 'info',
    message: "Contrast's puller trusts less in TLS than this library",
    help: undefined,
  },
  'puller-sends-credentials': {
    severity: 'warning',
    message: "Contrast's puller authenticates with credentials that this library doesn't send here",
    help: 'leave the credentials to a rule that both read alike: lower case, a trailing dot, no port and no address',
  },
  'puller-sends-no-credentials': {
    severity: 'info',
    message: "Contrast's puller goes on without the credentials that this library uses",
    help: undefined,
  },
  'puller-plain-http': {
    severity: 'warning',
    message:
      "Contrast's puller asks this registry by plain HTTP as well, for its name's sake, whatever the rule says",
    help: 'give the registry a name that is no local one',
  },
  'puller-no-plain-http': {
    severity: 'info',
    message:
      "Contrast's puller asks this registry by HTTPS alone: skip-verify changes nothing in that",
    help: undefined,
  },
  'puller-mirror-credentials': {
    severity: 'warning',
    message: "Contrast's puller sends the rule's credentials to the mirror, and token requests too",
    help: 'leave the credentials out, or the mirror, unless the mirror may know them',
  },
  'puller-mirror-requests': {
    severity: 'info',
    message:
      "Contrast's puller asks the mirror in its own way: with the registry's Host header, and ns= in place of a query",
    help: undefined,
  },
  'puller-other-endpoint': {
    severity: 'info',
    message: "Contrast's puller asks another endpoint than this library",
    help: undefined,
  },
  'puller-other-proxy': {
    severity: 'info',
    message: "Contrast's puller reaches the endpoint by another way than this library",
    help: undefined,
  },
  'puller-process-proxy': {
    severity: 'info',
    message:
      "an empty variable leaves Contrast's puller to the lower-case one of its process, if that is set",
    help: undefined,
  },
  'puller-unpinned': {
    severity: 'warning',
    message: "Contrast's puller doesn't pull an image without a digest",
    help: 'name the image with its digest: NAME@sha256:…',
  },
}

/**
 * A finding with its code's sentence.
 *
 * @param detail - What stands behind the sentence.
 * @param help - What to write, where that is something else than usual.
 */
export function pullerFinding(
  code: PullerFindingCode,
  place: Place | undefined,
  detail?: string,
  path: readonly string[] = [],
  help: string | undefined = PULLER_SENTENCES[code].help,
): PullerFinding {
  const { severity, message } = PULLER_SENTENCES[code]
  const whole = detail === undefined ? message : `${message}: ${detail}`
  return freezeFinding({ code, severity, path, message: whole, help, place }) as PullerFinding
}
