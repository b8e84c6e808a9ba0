// JSON Web Tokens that have ended, or soon will: nothing in the guest renews them.
import type { Check, Circumstances } from '../check.js'
import { describeSpan } from '../days.js'
import { AT_KEY, type Hit } from '../finding.js'
import { endOfToken } from '../json-web-token.js'

/** Whether tokens are valid now, and for some time. */
export const tokenExpiry: Check = function* ({ rules }, circumstances) {
  const { now } = circumstances
  if (now === undefined) return
  for (const { secrets, path } of rules) {
    for (const { key, secret } of secrets) {
      const end = endOfToken(secret.reveal())
      const found = end === undefined ? undefined : judge(end - now, circumstances)
      if (found) yield { ...found, severity: 'warning', path: [...path, key], spot: AT_KEY }
    }
  }
}

type Found = Pick<Hit, 'code' | 'message' | 'help'>

function judge(left: number, { notice }: Circumstances): Found | undefined {
  const help = 'write credentials that last, such as those of a robot account'
  if (left <= 0) {
    const message = `holds a JSON Web Token that expired ${describeSpan(-left)} ago`
    return { code: 'token-expired', message, help }
  }
  if (left > notice) return undefined
  const message = `holds a JSON Web Token that expires in ${describeSpan(left)}, and nothing in the guest renews it`
  return { code: 'token-expires-soon', message, help }
}
