// What the checks look at: the document's rules with what each of them holds, and its bundles.
import { type CaBundleContents, readCaBundle } from '../certificates/index.js'
import type { Examination, ExaminedDocument, Path, RegistryRule, Source } from '../config/index.js'
import type { ConfigFinding } from '../findings.js'
import { normalForm } from '../names/index.js'
import type { ProxySettings } from '../proxy/index.js'
import { type HeldSecret, heldSecrets } from './held-secrets.js'

/** A rule, and what the checks ask of it. */
export interface LintedRule {
  readonly rule: RegistryRule
  /** The name with its user info. */
  readonly name: string
  readonly path: Path
  /** The normal form of the name; undefined for one that matches nothing. */
  readonly normal: string | undefined
  readonly secrets: readonly HeldSecret[]
  /** Whether something in it is an error, so that it isn't all there. */
  readonly isFaulty: boolean
  /**
   * Whether this library's decision by it can't be told: of an error in it, save for what Contrast's
   * puller passes over as well, or of two rules of one name.
   */
  readonly isUndecided: boolean
}

/** A text of PEM blocks. */
export interface LintedBundle {
  readonly text: string
  readonly contents: CaBundleContents
  /** The key; empty for a document that isn't TOML, whose own text this is. */
  readonly path: Path
  /**
   * What comes of it: a rule's anchors; nothing, since insecure-skip-verify wins; or nothing yet,
   * since the document can't be read.
   */
  readonly use: 'anchors' | 'none' | 'unread'
}

/** What decisions are made by. */
export type Decided = Pick<ExaminedDocument, 'rules' | 'extraEnv'>

/** A document, as checks see it. */
export interface Subject {
  readonly rules: readonly LintedRule[]
  /** The rules that can match, by the normal form of their names. */
  readonly byNormal: ReadonlyMap<string, LintedRule>
  /** The domains that a rule with a leading dot is about. */
  readonly dotted: ReadonlySet<string>
  readonly bundles: readonly LintedBundle[]
  readonly extraEnv: ProxySettings | undefined
  /**
   * What this library decides by, without the rules that are undecided; undefined where errors outside
   * of rules leave everything open.
   */
  readonly decided: Decided | undefined
  readonly source: Source | undefined
  /** Whether there are errors. */
  readonly isRefused: boolean
}

/** Makes the subject of what could be read of a document. */
export function subjectOf({ text, findings, document }: Examination): Subject {
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (document === undefined) return unreadSubject(text)
  const faulty = new Set(errors.map(({ path }) => path[1]))
  const open = errors.filter((error) => !isPassedOver(error))
  const undecided = undecidedNames(open)
  const rules = document.rules.map((rule, i): LintedRule => {
    // Both lists have the rules' order.
    const name = document.names[i] as string
    return {
      rule,
      name,
      path: ['registries', name],
      normal: normalForm(name),
      secrets: heldSecrets(rule),
      isFaulty: faulty.has(rule.name),
      isUndecided: undecided.has(normalForm(rule.name) ?? rule.name),
    }
  })
  const { extraEnv, source } = document
  return {
    rules,
    byNormal: byNormalForm(rules),
    dotted: dottedDomains(rules),
    bundles: bundlesOf(document),
    extraEnv,
    decided: open.every(isInRule) ? { rules: decidedRules(rules), extraEnv } : undefined,
    source,
    isRefused: errors.length > 0,
  }
}

/** Unknown keys and broken certificates: Contrast's puller passes over them as well. */
function isPassedOver({ code }: ConfigFinding): boolean {
  return code === 'unknown-key' || code === 'broken-certificate'
}

function isInRule({ path: [table, name] }: ConfigFinding): boolean {
  return table === 'registries' && name !== undefined
}

/** The normal forms of names of rules with such errors, by which both of two equal names are found. */
function undecidedNames(errors: readonly ConfigFinding[]): ReadonlySet<string> {
  const names = errors.filter(isInRule).map(({ path }) => path[1] as string)
  return new Set(names.map((name) => normalForm(name) ?? name))
}

function decidedRules(rules: readonly LintedRule[]): readonly RegistryRule[] {
  return rules.filter(({ isUndecided }) => !isUndecided).map(({ rule }) => rule)
}

/** Of a text that isn't TOML, the PEM blocks in it can be told. */
function unreadSubject(text: string | undefined): Subject {
  const bundles: LintedBundle[] =
    text === undefined ? [] : [{ text, contents: readCaBundle(text), path: [], use: 'unread' }]
  return {
    rules: [],
    byNormal: new Map(),
    dotted: new Set(),
    bundles,
    extraEnv: undefined,
    decided: undefined,
    source: undefined,
    isRefused: true,
  }
}

function byNormalForm(rules: readonly LintedRule[]): ReadonlyMap<string, LintedRule> {
  const byNormal = new Map<string, LintedRule>()
  for (const rule of rules) if (rule.normal !== undefined) byNormal.set(rule.normal, rule)
  return byNormal
}

function dottedDomains(rules: readonly LintedRule[]): ReadonlySet<string> {
  const dotted = new Set<string>()
  for (const { normal } of rules) if (normal?.startsWith('.')) dotted.add(normal.slice(1))
  return dotted
}

function bundlesOf({ rules, names, bundleTexts }: ExaminedDocument): LintedBundle[] {
  const bundles: LintedBundle[] = []
  for (const [i, text] of bundleTexts.entries()) {
    if (text === undefined) continue
    // The lists have the same order.
    const path = ['registries', names[i] as string, 'ca-certs']
    const use = rules[i]?.insecureSkipVerify ? 'none' : 'anchors'
    bundles.push({ text, contents: readCaBundle(text), path, use })
  }
  return bundles
}
