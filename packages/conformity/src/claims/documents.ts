import type { ProductStatement, Text } from '@messlatte/model'
import { text } from '../text.ts'

/** A file that was handed in: what it says of itself, and the digest by which it is known. */
export interface ProjectDocument {
  readonly id: string
  readonly title: string
  readonly issuer: string
  /** SHA-256 (hex) as recorded. */
  readonly sha256: string
  /** SHA-256 (hex) of the file as it lies there now; null where it is not there. */
  readonly found: string | null
  /** What it is about; null where it does not say. */
  readonly model: string | null
  readonly hardware: string | null
  readonly firmware: string | null
  readonly provisions: readonly string[]
  /** Calendar days, ISO 8601; null where it has none. */
  readonly validFrom: string | null
  readonly validUntil: string | null
}

export interface DocumentFinding {
  readonly document: string
  readonly text: Text
}

const FIELDS = [
  ['model', 'another model', 'ein anderes Modell'],
  ['hardware', 'another hardware', 'eine andere Hardware'],
  ['firmware', 'another firmware', 'eine andere Firmware'],
] as const

/** What keeps documents from telling about this product on this day. */
export function checkDocuments(
  documents: readonly ProjectDocument[],
  product: ProductStatement,
  asOf: string,
): readonly DocumentFinding[] {
  return documents.flatMap((one) => {
    const texts: readonly Text[] = [
      ...(one.found === null ? [text('The file is not there', 'Die Datei ist nicht da')] : []),
      ...(one.found !== null && one.found !== one.sha256
        ? [
            text(
              'The file is not the one that was recorded (SHA-256 differs)',
              'Die Datei ist nicht die vermerkte (SHA-256 weicht ab)',
            ),
          ]
        : []),
      ...FIELDS.flatMap(([field, en, de]) => {
        const about = one[field]
        const ours = product[field]
        if (about === null || ours === null || about === ours) return []
        return [text(`Covers ${en}: ${about}, not ${ours}`, `Betrifft ${de}: ${about}, nicht ${ours}`)]
      }),
      ...(one.validUntil !== null && one.validUntil < asOf
        ? [text(`Expired on ${one.validUntil}`, `Abgelaufen am ${one.validUntil}`)]
        : []),
      ...(one.validFrom !== null && one.validFrom > asOf
        ? [text(`Valid only from ${one.validFrom}`, `Erst gültig ab ${one.validFrom}`)]
        : []),
    ]
    return texts.map((found) => ({ document: one.id, text: found }))
  })
}
