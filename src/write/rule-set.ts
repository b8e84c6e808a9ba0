// The rules of a conversion, by the host that each is for: one rule alone ever applies to a host, so a
// rule below another one has to hold what the other shall go on holding for it.
import { domainsAround, ruleHost } from './host.js'
import type { RuleKeys } from './rule-keys.js'

const NO_KEYS: RuleKeys = new Map()

/** Rules by host, each with its credentials. */
export class RuleSet {
  readonly #rules = new Map<string, RuleKeys>()
  readonly #closed = new Set<string>()

  set(host: string, keys: RuleKeys): void {
    this.#rules.set(ruleHost(host), keys)
  }

  /**
   * Keeps the credentials of a domain from a host below it, by an empty rule. Call it when all
   * credentials are set. Gives whether the host needs that rule.
   */
  close(host: string): boolean {
    const name = ruleHost(host)
    if (this.#rules.has(name)) return false
    const isCovered = [...domainsAround(name)].some((domain) => this.#rules.has(domain))
    if (isCovered) this.#closed.add(name)
    return isCovered
  }

  /** The keys of each rule by its name, the certificates of the nearest domain with some included. */
  withBundles(bundles: ReadonlyMap<string, string>): ReadonlyMap<string, RuleKeys> {
    const pems = new Map([...bundles].map(([host, pem]) => [ruleHost(host), pem]))
    const hosts = new Set([...this.#rules.keys(), ...this.#closed, ...pems.keys()])
    const rules = new Map<string, RuleKeys>()
    for (const host of hosts) {
      const keys = this.#rules.get(host) ?? NO_KEYS
      const around = [host, ...domainsAround(host)].find((domain) => pems.has(domain))
      const pem = around === undefined ? undefined : pems.get(around)
      rules.set(`${host}.`, pem === undefined ? keys : new Map([...keys, ['ca-certs', pem]]))
    }
    return rules
  }
}
