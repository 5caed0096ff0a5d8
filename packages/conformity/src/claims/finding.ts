import type { Text } from '@messlatte/model'

/** What kind of thing does not hold together. */
export type ClaimFindingCode =
  | 'missing'
  | 'not-allowed'
  | 'mandatory-not-supported'
  | 'without-reason'
  | 'placeholder'
  | 'duplicate'
  | 'reference'
  | 'contradiction'
  | 'admission'

/** Something in the claims that does not hold together: about the papers, not about the product. */
export interface ClaimFinding {
  readonly code: ClaimFindingCode
  /** A provision, an IXIT table or a field of DUT Identification. */
  readonly about: string
  readonly text: Text
  /** Provisions that it disproves all the same: their test cases look at the document itself. */
  readonly fails?: readonly string[]
  /** Absent where it stands in the ICS or IXIT tables or DUT Identification. */
  readonly from?: 'self-assessment'
}

/** Says that there is nothing, or that it does not apply. */
export function saysNone(value: string): boolean {
  return /^\s*[*_`]*(?:none\b|n\/?a\b|not applicable|nicht zutreffend|keine?\b|entfällt|no update)/i.test(
    value,
  )
}
