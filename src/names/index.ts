// Rule names: their normal form, why one matches nothing, and the index of rules.
export { coverageOf, specificityOf } from './coverage.js'
export { CATCH_ALL, isMatchable, isUsual, normalForm, withoutLeadingDot } from './normal-form.js'
export { type AppliedRule, type Coverage, indexRules, type RuleIndex } from './rule-index.js'
export {
  isMatchedAsWritten,
  isMatchedByPuller,
  type UnmatchableName,
  whyUnmatchable,
} from './unmatchable.js'
