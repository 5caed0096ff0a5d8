import type { CaseRef, Text } from '@messlatte/model'
import { text } from '../text.ts'

/** `conceptual`: the documents against the provision; `functional`: the device against the documents. */
export type CaseKind = 'conceptual' | 'functional' | 'mixed'

/** What a laboratory does for a provision, as TS 103 701 divides it. */
export interface TestCase {
  readonly id: string
  readonly spec: CaseRef['spec']
  /** The provision, of the edition that the specification assesses. */
  readonly provision: string
  readonly kind: CaseKind
  /** How many test units it has; null where that is not established. */
  readonly units: number | null
  /** IXIT tables that it is done by; none where it looks at the ICS table alone. */
  readonly ixit: readonly string[]
  /** In our own words. */
  readonly purpose: Text
  readonly source: string
}

export function testCase(
  id: string,
  kind: CaseKind,
  units: number,
  ixit: readonly string[],
  en: string,
  de: string,
): TestCase {
  return {
    id,
    spec: 'ts103701-v1.1.1',
    provision: id.slice(0, id.lastIndexOf('-')),
    kind,
    units,
    ixit,
    purpose: text(en, de),
    source: 'ts103701-v1.1.1',
  }
}
