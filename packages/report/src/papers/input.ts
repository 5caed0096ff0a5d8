import type { DocumentFinding, PlannedCase, ProjectDocument } from '@messlatte/conformity'
import type {
  Assessment,
  Claim,
  Decision,
  Evidence,
  Papers,
  ProductStatement,
  ReleaseImage,
} from '@messlatte/model'

/** All that a project folder holds for papers, assessed. */
export interface PaperInput {
  readonly product: ProductStatement
  readonly papers: Papers
  readonly assessment: Assessment
  readonly claims: readonly Claim[]
  readonly decisions: readonly Decision[]
  readonly documents: readonly ProjectDocument[]
  readonly documentFindings: readonly DocumentFinding[]
  readonly evidence: readonly Evidence[]
  readonly plan: readonly PlannedCase[]
  readonly results: readonly {
    readonly name: string
    readonly sha256: string
    readonly tool: string
    readonly images: readonly ReleaseImage[]
  }[]
}
