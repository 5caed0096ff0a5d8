import type { Edition, ProductStatement, Text } from '@messlatte/model'
import type { CatalogueRule } from '../rules.ts'
import { dayText, text } from '../text.ts'

/** A file that was handed in: what it says of itself, and the digest by which it is known. */
export interface ProjectDocument {
  readonly id: string
  readonly title: string
  readonly issuer: string
  /** By whom the issuer is accredited, and under which number; null where it does not say. */
  readonly accreditation: string | null
  /** SHA-256 (hex) as recorded. */
  readonly sha256: string
  /** SHA-256 (hex) of the file as it lies there now; null where it is not there. */
  readonly found: string | null
  /** What it is about; null where it does not say. */
  readonly model: string | null
  readonly hardware: string | null
  readonly firmware: string | null
  /** SHA-256 (hex) of the firmware file that it is about. */
  readonly firmwareSha256: string | null
  /** The standard by which it was made, as it names it. */
  readonly standard: string | null
  readonly edition: Edition | null
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
  ['hardware', 'another variant', 'eine andere Variante'],
  ['firmware', 'another firmware', 'eine andere Firmware'],
] as const

/** What documents are held against. */
export interface DocumentContext {
  readonly product: ProductStatement
  /** Calendar day, ISO 8601. */
  readonly asOf: string
  readonly catalogue: CatalogueRule
  /** SHA-256 (hex) of the files of all releases whose results are stored. */
  readonly images: readonly string[]
}

/** What keeps documents from telling about this product, under this edition, on this day. */
export function checkDocuments(
  documents: readonly ProjectDocument[],
  { product, asOf, catalogue, images }: DocumentContext,
): readonly DocumentFinding[] {
  const known = new Set(catalogue.provisions.map(({ id }) => id))
  return documents.flatMap((one) => {
    const strange = one.provisions.filter((id) => !known.has(id))
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
      ...(one.firmwareSha256 !== null && images.length > 0 && !images.includes(one.firmwareSha256)
        ? [
            text(
              `Covers another firmware: SHA-256 ${one.firmwareSha256}, about which no result is stored`,
              `Betrifft eine andere Firmware: SHA-256 ${one.firmwareSha256}, zu der kein Ergebnis gespeichert ist`,
            ),
          ]
        : []),
      ...(one.edition !== null && one.edition !== catalogue.edition
        ? [
            text(
              `Covers another edition: ${one.edition}, not ${catalogue.edition}`,
              `Betrifft eine andere Ausgabe: ${one.edition}, nicht ${catalogue.edition}`,
            ),
          ]
        : []),
      ...((one.edition === null || one.edition === catalogue.edition) && strange.length > 0
        ? [
            text(
              `Names what is no provision of ${catalogue.edition}: ${strange.join(', ')}`,
              `Nennt, was keine Anforderung aus ${catalogue.edition} ist: ${strange.join(', ')}`,
            ),
          ]
        : []),
      ...(one.model === null && one.firmware === null && one.firmwareSha256 === null
        ? [
            text(
              'Does not say which model or firmware it covers',
              'Sagt nicht, welches Modell oder welche Firmware es betrifft',
            ),
          ]
        : []),
      ...(one.validUntil !== null && one.validUntil < asOf
        ? [text(`Expired on ${one.validUntil}`, `Abgelaufen am ${dayText(one.validUntil).de}`)]
        : []),
      ...(one.validFrom !== null && one.validFrom > asOf
        ? [text(`Valid only from ${one.validFrom}`, `Erst gültig ab ${dayText(one.validFrom).de}`)]
        : []),
    ]
    return texts.map((found) => ({ document: one.id, text: found }))
  })
}
