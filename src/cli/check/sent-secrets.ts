// What is sent as a secret can come back in what a server says: in the host of a redirect, or in the
// names of a certificate. There it is left out.

import type { Credentials, ProxyDecision, Resolution, Secret } from 'imagepuller-auth'

/** Shorter ones stand in ordinary words. */
const LEAST = 6

/** The secrets that are sent for an image, or were for an earlier one. */
export class SentSecrets {
  readonly #secrets = new Set<string>()

  /** Remembers what an image's registry is sent, and its proxy. */
  noteImage({ credentials, proxy }: Resolution): void {
    for (const secret of secretsOf(credentials)) this.#add(secret.reveal())
    if (credentials.kind === 'basic') this.#noteProof(`Basic ${credentials.encoded.reveal()}`)
    this.noteProxy(proxy)
  }

  /** Remembers what a proxy is sent: each URL has its own. */
  noteProxy(proxy: ProxyDecision): void {
    if (proxy.kind === 'proxy' && proxy.authorization) this.#noteProof(proxy.authorization.reveal())
  }

  /** Remembers what a header field or a form proves itself by. */
  note(headers: Readonly<Record<string, string>>, body: unknown): void {
    for (const [name, value] of Object.entries(headers)) {
      if (name.toLowerCase() === 'authorization') this.#noteProof(value)
    }
    if (typeof body === 'string') this.#add(new URLSearchParams(body).get('refresh_token') ?? '')
  }

  /** The value with `…` in place of each secret, however deep; PEM is what it is. */
  conceal<Value>(value: Value): Value {
    return this.#secrets.size === 0 ? value : (this.#concealed(value) as Value)
  }

  #noteProof(value: string): void {
    const proof = value.slice(value.indexOf(' ') + 1)
    this.#add(proof)
    if (!value.startsWith('Basic ')) return
    const pair = Buffer.from(proof, 'base64').toString()
    this.#add(pair.slice(pair.indexOf(':') + 1))
  }

  #add(secret: string): void {
    if (secret.length >= LEAST) this.#secrets.add(lowerCase(secret))
  }

  #concealed(value: unknown): unknown {
    if (typeof value === 'string') return this.#concealedText(value)
    if (Array.isArray(value)) return value.map((one) => this.#concealed(one))
    if (typeof value !== 'object' || value === null) return value
    const members = Object.entries(value).map(([name, member]) => {
      return [name, name === 'pem' ? member : this.#concealed(member)]
    })
    return Object.fromEntries(members)
  }

  /** Hosts are in lower case, whatever the case of the secret. */
  #concealedText(text: string): string {
    let shown = text
    let lower = lowerCase(text)
    // Each image adds its tokens, and nearly no text has one.
    for (const secret of this.#secrets) {
      if (!lower.includes(secret)) continue
      shown = without(secret, shown, lower)
      lower = lowerCase(shown)
    }
    return shown
  }
}

function secretsOf(credentials: Credentials): readonly Secret[] {
  switch (credentials.kind) {
    case 'identity-token':
      return [credentials.identityToken]
    case 'registry-token':
      return [credentials.registryToken]
    default:
      return []
  }
}

/** The text with `…` in place of the secret, which is in lower case as `lower` is, the same text. */
function without(secret: string, text: string, lower: string): string {
  const pieces: string[] = []
  let start = 0
  for (let at = lower.indexOf(secret); at >= 0; at = lower.indexOf(secret, start)) {
    pieces.push(text.slice(start, at))
    start = at + secret.length
  }
  return [...pieces, text.slice(start)].join('…')
}

/** Of ASCII alone, as hosts have it: other letters may change the text's length. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
