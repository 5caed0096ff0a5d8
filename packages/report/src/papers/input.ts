import type { Comparison, DocumentFinding, PlannedCase, ProjectDocument } from '@messlatte/conformity'
import type {
  Assessment,
  Claim,
  Decision,
  Evidence,
  Papers,
  ProductStatement,
  ReleaseImage,
  Text,
  Waiver,
} from '@messlatte/model'

/** All that a project folder holds for papers, assessed. */
export interface PaperInput {
  readonly product: ProductStatement
  readonly papers: Papers
  readonly assessment: Assessment
  readonly claims: readonly Claim[]
  /** With why it does not hold on this day; null where it does. */
  readonly decisions: readonly (Decision & { readonly lapsed: Text | null })[]
  readonly waivers: readonly Waiver[]
  readonly comparisons: readonly Comparison[]
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
