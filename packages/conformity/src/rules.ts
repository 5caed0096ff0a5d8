import type { Catalogue, Condition, Criterion, Edition, Profile, Provision, Text } from '@messlatte/model'

/** A provision with what only the judge of verdicts needs to know. */
export interface ProvisionRule extends Provision {
  /** What the product must have for the provision to be met at all; where it has not, no other evidence helps. */
  readonly needs?: Condition
  /** Said where evidence speaks for the provision and an image is still not enough. */
  readonly cannotShow?: Text
  /** Kinds of evidence that support it together, where an image alone cannot: one of them is of a document. */
  readonly proof?: readonly string[]
}

/** What became of a provision since an earlier edition; `regated`: the same demand on other products. */
export type EditionChange = 'unchanged' | 'reworded' | 'regated' | 'moved' | 'split' | 'new'

/** A line that leads from a provision of an earlier edition to one of this. */
export interface Origin {
  /** Of this edition. */
  readonly id: string
  /** The earlier edition. */
  readonly edition: Edition
  /** Its provision; null where it has none. */
  readonly from: string | null
  readonly change: EditionChange
  /**
   * What evidence on the earlier provision can do here: `whole` all that it does there, `support` back but not
   * disprove, `doubt` neither (it casts doubt or hints), `nothing`.
   */
  readonly carries: 'whole' | 'support' | 'doubt' | 'nothing'
  readonly confidence: 'high' | 'medium' | 'low'
  readonly source: string
  readonly note: Text
}

export interface CatalogueRule extends Catalogue {
  readonly provisions: readonly ProvisionRule[]
  /** Where this edition follows an earlier one: one line for each of its provisions. */
  readonly origins?: readonly Origin[]
}

/** A criterion without `needs` keeps its provision open: no image can show it, or nobody has looked. */
export interface CriterionRule extends Criterion {
  /** Said in the place of "no image can show this". */
  readonly because?: Text
  /** What the product must have; asked of every product, also where the provision's own condition lets it go. */
  readonly needs?: Condition
  /** Kind of evidence of a document that meets it. */
  readonly shownBy?: string
}

export interface ProfileRule extends Profile {
  readonly criteria: readonly CriterionRule[]
}
