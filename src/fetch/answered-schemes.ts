// The scheme by which each registry has answered: another one isn't tried again.
import { authorityOf } from '../image/index.js'
import type { Resolution, Scheme } from '../resolve/index.js'
import { BoundedMap } from './bounded-map.js'

/** The schemes of the registries of one resolver. */
export class AnsweredSchemes {
  readonly #schemes = new BoundedMap<Scheme>()

  /** Remembers what answered. Once it was https, it stays that. */
  note(resolution: Resolution, url: string): void {
    const scheme = schemeOf(url)
    if (scheme === 'https' || !this.hasTls(resolution)) {
      this.#schemes.set(authorityOf(resolution.image), scheme)
    }
  }

  /** Whether a URL is worth trying: the registry hasn't answered by the other scheme. */
  mayTry(resolution: Resolution, url: string): boolean {
    const known = this.#schemes.get(authorityOf(resolution.image))
    return known === undefined || known === schemeOf(url)
  }

  /** Whether the registry has answered by https. */
  hasTls(resolution: Resolution): boolean {
    return this.#schemes.get(authorityOf(resolution.image)) === 'https'
  }

  /** A registry that no longer answers by plain HTTP may have got TLS. */
  doubt(resolution: Resolution): void {
    if (!this.hasTls(resolution)) this.#schemes.delete(authorityOf(resolution.image))
  }
}

function schemeOf(url: string): Scheme {
  return url.startsWith('https:') ? 'https' : 'http'
}
