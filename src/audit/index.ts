// Images times configurations: what each image gets, and what another configuration changes about it.
export type { Aspect } from './aspects.js'
export {
  type AuditFinding,
  type AuditImagesOptions,
  auditImages,
  type ImageAudit,
} from './audit-images.js'
export { AUDIT_CODES, type AuditFindingCode } from './checks.js'
export { type AspectChange, compareConfigs, type ImageChanges } from './compare-configs.js'
