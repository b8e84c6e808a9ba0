// Trust anchors that are past their time, nearly so, or before it. Go, Node and Bun refuse a chain that
// ends in an expired one; Deno takes it.
import type { Certificate } from '../../certificates/index.js'
import type { Check, Circumstances } from '../check.js'
import { describeSpan } from '../days.js'
import type { Hit } from '../finding.js'
import { anchorsOf } from './anchors.js'

/** Whether the certificates of bundles are valid now, and for some time. */
export const certificateValidity: Check = function* (subject, circumstances) {
  const { now } = circumstances
  if (now === undefined) return
  for (const { certificate, path, spot } of anchorsOf(subject)) {
    const found = judge(certificate, now, circumstances)
    if (found) yield { ...found, path, spot }
  }
}

type Found = Pick<Hit, 'code' | 'severity' | 'message' | 'help'>

function judge(
  { notBefore, notAfter }: Certificate,
  now: number,
  { notice }: Circumstances,
): Found | undefined {
  const severity = 'warning'
  const begins = notBefore.getTime() - now
  if (begins > 0) {
    const message = `has a certificate that becomes valid in ${describeSpan(begins)}: until then no chain that ends in it is trusted`
    const help = 'keep the CA that is in use beside it until then'
    return { code: 'certificate-not-yet-valid', severity, message, help }
  }
  const left = notAfter.getTime() - now
  if (left < 0) {
    const message = `has a certificate that expired ${describeSpan(-left)} ago: no chain that ends in it is trusted`
    const help = 'write the certificate that has replaced it'
    return { code: 'certificate-expired', severity, message, help }
  }
  if (left > notice) return undefined
  const message = `has a certificate that expires in ${describeSpan(left)}`
  const help = 'write the certificate that will replace it beside this one'
  return { code: 'certificate-expires-soon', severity, message, help }
}
