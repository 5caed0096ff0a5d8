import type { Catalogue, Condition, Criterion, Profile, Provision, Text } from '@messlatte/model'

/** A provision with what only the judge of verdicts needs to know. */
export interface ProvisionRule extends Provision {
  /** What the product must have for the provision to be met at all; where it has not, no other evidence helps. */
  readonly needs?: Condition
  /** Said where evidence speaks for the provision and an image is still not enough. */
  readonly cannotShow?: Text
  /** Kinds of evidence that support it together, where an image alone cannot: one of them is of a document. */
  readonly proof?: readonly string[]
}

export interface CatalogueRule extends Catalogue {
  readonly provisions: readonly ProvisionRule[]
}

/** A criterion without `needs` is one that no image can show: it keeps its provision open. */
export interface CriterionRule extends Criterion {
  /** What the product must have; asked of every product, also where the provision's own condition lets it go. */
  readonly needs?: Condition
  /** Kind of evidence of a document that meets it. */
  readonly shownBy?: string
}

export interface ProfileRule extends Profile {
  readonly criteria: readonly CriterionRule[]
}
