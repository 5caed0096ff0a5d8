export { renderBundle } from './bundle/render.ts'
export { writeDocx } from './documents/docx/write.ts'
export type {
  Block,
  Column,
  DocumentSource,
  PaperDocument,
  Run,
  Runs,
  Tone,
} from './documents/model.ts'
export { writePdf } from './documents/pdf/write.ts'
export { type CheckInfo, renderExplanations } from './explain/render.ts'
export { renderHtml } from './html/render.ts'
export { citedAsLaw, NotLaw } from './letter/law.ts'
export { type LetterInput, letterPaper } from './letter/paper.ts'
export type { Audience } from './letter/words.ts'
export { renderPack } from './pack/render.ts'
export { declaration } from './papers/declaration/index.ts'
export type { PaperInput } from './papers/input.ts'
export { DECLARABLE, type Declarable, isDeclarable, isLaw, sourcesOf } from './papers/law.ts'
export { TECHNICAL_FILE_RULE, technicalFile } from './papers/technical-file/index.ts'
export { testPlan } from './papers/test-plan.ts'
export { renderPlanHtml } from './portfolio/html.ts'
export { type PlanTable, planTable } from './portfolio/table.ts'
export { type PlanContext, renderPlan } from './portfolio/terminal.ts'
export { productName } from './portfolio/view.ts'
export { renderDiff } from './profile-diff/render.ts'
export { type ProjectReport, renderProject } from './project/render.ts'
export { renderReleasesHtml } from './releases/html.ts'
export { renderReleases } from './releases/render.ts'
export { requestPaper } from './request/paper.ts'
export { requestTable } from './request/table.ts'
export { renderSources } from './sources/render.ts'
export { qrSvg, qrTerminal } from './status/qr.ts'
export { renderStatus, type ShownStatus } from './status/render.ts'
export { renderTamperReadme } from './tamper/readme.ts'
export { renderTamper } from './tamper/render.ts'
export { renderMap } from './terminal/map.ts'
export { renderTerminal } from './terminal/render.ts'
export type { TerminalOptions } from './terminal/sheet.ts'
export { pick } from './text.ts'
export { renderUnits } from './units/render.ts'
export { visible } from './visible.ts'
