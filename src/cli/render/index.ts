// Texts and data for the streams, made of what the library answers; nothing here reads or writes.

export { printable, type Row, renderRows } from '../../text/index.js'
export { describeAnswer, type Respondent } from './answer.js'
export { describeAudit } from './audit.js'
export { type ChangedImage, changesData, describeChanges } from './changes.js'
export { checkedData, describeBegun, describeStep, describeView, VIEW } from './check.js'
export { countsOf } from './counts.js'
export { describeBypassed, describeDecision } from './decision.js'
export {
  describeFiles,
  type FileAnswer,
  fileData,
  type Outcome,
  PROGRAMS,
  type SearchedFile,
} from './docker-files.js'
export {
  type AskedEndpoint,
  areSeveral,
  describeEndpoint,
  describeParts,
  type EndpointPart,
} from './endpoints.js'
export { locate, renderFinding } from './finding.js'
export { workflowCommand } from './github.js'
export { commandHelp, overview } from './help.js'
export { withoutSecrets } from './image.js'
export { jsonOf } from './json.js'
export { type Look, lookOf } from './look.js'
export { type PlacedFinding, placedAtImage, placedInDocument } from './placed.js'
export { describeResolution, resolutionData } from './resolution.js'
export { sarifLog } from './sarif.js'
