import { CATALOGUES, type ProjectDocument, TRAITS } from '@messlatte/conformity'
import type { Claim, Edition, IxitTables, ProductStatement, StatedTraits, Text } from '@messlatte/model'
import { tablesOf } from '../claims/json.ts'
import { type Field, readFields } from '../json/fields.ts'

const PRODUCT = ['maker', 'model', 'hardware', 'firmware', 'batch'] as const
const EDITIONS = Object.keys(CATALOGUES) as readonly Edition[]
const TRAIT_IDS = TRAITS.map(({ id }) => id)

const SHA256 = /^[0-9a-f]{64}$/
const A_SHA256: Text = { en: 'a SHA-256 in lower-case hex', de: 'eine SHA-256 in kleingeschriebenem Hex' }

/** `project.json`: the product, the answers about it, and the rules that it is assessed under. */
export interface ProjectFile {
  readonly product: ProductStatement
  readonly profiles: readonly string[]
  readonly traits: StatedTraits
}

/** Throws FileProblems, as all readers here, with the line and field of each mistake. */
export function readProjectFile(name: string, text: string): ProjectFile {
  return readFields(name, text, (root) => {
    const field = root.object(['product', 'profiles', 'traits'])
    const product = field.product.object(PRODUCT)
    const stated = (key: (typeof PRODUCT)[number]) => (product[key].exists ? product[key].string() : null)
    const profiles = field.profiles.list((one) => one.string())
    if (profiles.length === 0)
      field.profiles.problem({
        en: 'must name at least one profile or edition',
        de: 'muss mindestens ein Profil oder eine Ausgabe nennen',
      })
    return {
      product: {
        maker: stated('maker'),
        model: stated('model'),
        hardware: stated('hardware'),
        firmware: stated('firmware'),
        batch: stated('batch'),
      },
      profiles,
      traits: readTraits(field.traits),
    }
  })
}

/** An answer that is null is one that nobody gave. */
function readTraits(field: Field): StatedTraits {
  return Object.fromEntries(
    field.entries().flatMap(([id, value]) => {
      if (!(TRAIT_IDS as readonly string[]).includes(id))
        value.problem({ en: 'is no trait', de: 'ist keine Eigenschaft' })
      return value.exists ? [[id, value.boolean()]] : []
    }),
  )
}

/** `ics.json`: one row for each provision of an edition; rows without support were not filled in. */
export function readIcsFile(
  name: string,
  text: string,
): { readonly edition: Edition; readonly claims: readonly Claim[] } {
  return readFields(name, text, (root) => {
    const field = root.object(['edition', 'rows'])
    const edition = field.edition.oneOf(EDITIONS)
    const claims = field.rows.entries().flatMap(([provision, row]): Claim[] => {
      const known = CATALOGUES[edition].provisions.some(({ id }) => id === provision)
      if (!known)
        row.problem({ en: `is no provision of ${edition}`, de: `ist keine Anforderung von ${edition}` })
      const { support, detail } = row.object(['asks', 'support', 'detail'])
      if (!support.exists) return []
      return [
        {
          provision,
          support: support.oneOf(['Y', 'N', 'N/A']),
          detail: detail.exists ? detail.plain() : '',
        },
      ]
    })
    return { edition, claims }
  })
}

/** `ixit.json`: tables by name (`20-SecBoot`), each a list of entries with fields as texts. */
export function readIxitFile(name: string, text: string): IxitTables {
  return readFields(name, text, tablesOf)
}

/** `documents.json`; `found` gives the digest of a file of the folder as it lies there now, or null. */
export function readDocumentsFile(
  name: string,
  text: string,
  found: (file: string) => string | null,
): readonly ProjectDocument[] {
  return readFields(name, text, (root) =>
    root.list((one) => {
      const field = one.object([
        'id',
        'title',
        'issuer',
        'accreditation',
        'file',
        'sha256',
        'model',
        'hardware',
        'firmware',
        'firmwareSha256',
        'standard',
        'edition',
        'provisions',
        'validFrom',
        'validUntil',
      ])
      const optional = (value: Field) => (value.exists ? value.string() : null)
      const file = field.file.matching(/^(?!.*\.\.)[^/\\][^\\]*$/, {
        en: 'a path below the folder documents/, without ..',
        de: 'ein Pfad unter dem Ordner documents/, ohne ..',
      })
      return {
        id: field.id.string(),
        title: field.title.string(),
        issuer: field.issuer.string(),
        accreditation: optional(field.accreditation),
        sha256: field.sha256.matching(SHA256, A_SHA256),
        found: found(file),
        model: optional(field.model),
        hardware: optional(field.hardware),
        firmware: optional(field.firmware),
        firmwareSha256: field.firmwareSha256.exists ? field.firmwareSha256.matching(SHA256, A_SHA256) : null,
        standard: optional(field.standard),
        edition: field.edition.exists ? field.edition.oneOf(EDITIONS) : null,
        provisions: field.provisions.list((provision) => provision.string()),
        validFrom: field.validFrom.exists ? field.validFrom.day() : null,
        validUntil: field.validUntil.exists ? field.validUntil.day() : null,
      }
    }),
  )
}
