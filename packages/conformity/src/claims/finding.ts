import type { ClaimOrigin, Text } from '@messlatte/model'
import { text } from '../text.ts'

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
  /** The ID of the entry of an IXIT table; empty for a form, which has none. */
  readonly entry?: string
  readonly field?: string
  readonly text: Text
  /** Provisions that it disproves all the same: their test cases look at the document itself. */
  readonly fails?: readonly string[]
  /** Absent where it stands in the ICS or IXIT tables or DUT Identification. */
  readonly from?: 'self-assessment'
  /** Where it stands in the supplier's own file, where that is known. */
  readonly origin?: ClaimOrigin
}

/** `ICS.xlsx, sheet ICS, cell C4`; `ixit/20-SecBoot.md, line 30`. */
export function originText({ file, line, sheet, cell }: ClaimOrigin): Text {
  const said = (words: Readonly<Record<'line' | 'sheet' | 'cell', string>>) =>
    [
      file,
      ...(line === undefined ? [] : [`${words.line} ${line}`]),
      ...(sheet === undefined ? [] : [`${words.sheet} ${sheet}`]),
      ...(cell === undefined ? [] : [`${words.cell} ${cell}`]),
    ].join(', ')
  return text(
    said({ line: 'line', sheet: 'sheet', cell: 'cell' }),
    said({ line: 'Zeile', sheet: 'Blatt', cell: 'Zelle' }),
  )
}

/** Says that there is nothing, or that it does not apply. */
export function saysNone(value: string): boolean {
  return /^\s*[*_`]*(?:none\b|n\/?a\b|not applicable|nicht zutreffend|keine?\b|entfällt|no update)/i.test(
    value,
  )
}
