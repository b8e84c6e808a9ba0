// All checks of lint's own. What Contrast's puller does otherwise has a file of its own (parity).
import type { Check } from '../check.js'
import { certificateNotCa } from './certificate-not-ca.js'
import { certificateValidity } from './certificate-validity.js'
import { credentialsForSubdomains } from './credentials-for-subdomains.js'
import { damagedBlock } from './damaged-block.js'
import { hiddenRule } from './hidden-rule.js'
import { privateKey } from './private-key.js'
import { proxyCredentials } from './proxy-credentials.js'
import { repeatedCertificate } from './repeated-certificate.js'
import { repeatedSecret } from './repeated-secret.js'
import { resemblingName } from './resembling-name.js'
import { ruleWithoutEffect } from './rule-without-effect.js'
import { sameSubject } from './same-subject.js'
import { shortLivedCredentials } from './short-lived-credentials.js'
import { tokenExpiry } from './token-expiry.js'
import { weakCertificate } from './weak-certificate.js'

/** In the order of docs/findings.md. */
export const CHECKS: readonly Check[] = [
  certificateValidity,
  certificateNotCa,
  weakCertificate,
  sameSubject,
  repeatedCertificate,
  privateKey,
  damagedBlock,
  credentialsForSubdomains,
  ruleWithoutEffect,
  hiddenRule,
  resemblingName,
  repeatedSecret,
  tokenExpiry,
  shortLivedCredentials,
  proxyCredentials,
]
