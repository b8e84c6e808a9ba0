export { CATCH_ALL, isMatchable, normalForm } from './normal-form.js'
export { type AppliedRule, type Coverage, indexRules, type RuleIndex } from './rule-index.js'
export { type UnmatchableName, whyUnmatchable } from './unmatchable.js'
