import { childrenOf, type DerElement, onlyElement, TAG } from '../der/element.ts'
import { DerFields } from '../der/fields.ts'
import { booleanOf, integerBytes, namedBits, octetsOf, oidOf, smallInteger } from '../der/values.ts'

/** In the order of their bits; RFC 5280, section 4.2.1.3. */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const

export type KeyUsage = (typeof KEY_USAGES)[number]

/** What a certificate says about its use; undefined where it says nothing. */
export interface Extensions {
  readonly basicConstraints:
    | { readonly authority: boolean; readonly pathLength: number | undefined }
    | undefined
  readonly keyUsage: readonly KeyUsage[] | undefined
  /** Object identifiers, dotted. */
  readonly extendedKeyUsage: readonly string[] | undefined
  /** Hex. */
  readonly subjectKeyId: string | undefined
  readonly authorityKeyId: string | undefined
  /** Dotted: critical ones that nothing here looks at. */
  readonly unknownCritical: readonly string[]
}

const SUBJECT_KEY_ID = '2.5.29.14'
const KEY_USAGE = '2.5.29.15'
const BASIC_CONSTRAINTS = '2.5.29.19'
const AUTHORITY_KEY_ID = '2.5.29.35'
const EXTENDED_KEY_USAGE = '2.5.29.37'
const KNOWN: ReadonlySet<string> = new Set([
  SUBJECT_KEY_ID,
  KEY_USAGE,
  BASIC_CONSTRAINTS,
  AUTHORITY_KEY_ID,
  EXTENDED_KEY_USAGE,
])

export interface Extension {
  readonly oid: string
  readonly critical: boolean
  readonly value: Uint8Array
}

/** The elements of an Extensions sequence. @throws DerError */
export function extensionList(sequence: DerElement): readonly Extension[] {
  return new DerFields(sequence, TAG.sequence).rest().map((one) => {
    const fields = new DerFields(one, TAG.sequence)
    const oid = oidOf(fields.take(TAG.oid))
    const critical = fields.optional(TAG.boolean)
    const value = octetsOf(fields.take(TAG.octetString))
    fields.end()
    return { oid, critical: critical !== undefined && booleanOf(critical), value }
  })
}

/** @throws DerError */
export function readExtensions(list: readonly Extension[]): Extensions {
  const elementOf = (oid: string) => {
    const found = list.find((one) => one.oid === oid)
    return found && onlyElement(found.value)
  }
  const [constraints, usage, extended] = [BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE].map(elementOf)
  const [subject, authority] = [SUBJECT_KEY_ID, AUTHORITY_KEY_ID].map(elementOf)
  return {
    basicConstraints: constraints && readConstraints(constraints),
    keyUsage: usage && namedBits(usage).flatMap((bit) => KEY_USAGES[bit] ?? []),
    extendedKeyUsage: extended && childrenOf(extended).map(oidOf),
    subjectKeyId: subject && hex(octetsOf(subject)),
    authorityKeyId: authority && readAuthorityKeyId(authority),
    unknownCritical: list.filter(({ oid, critical }) => critical && !KNOWN.has(oid)).map(({ oid }) => oid),
  }
}

function readConstraints(element: DerElement): Extensions['basicConstraints'] {
  const fields = new DerFields(element, TAG.sequence)
  const authority = fields.optional(TAG.boolean)
  const pathLength = fields.optional(TAG.integer)
  fields.end()
  return {
    authority: authority !== undefined && booleanOf(authority),
    pathLength: pathLength && smallInteger(pathLength),
  }
}

/** KeyIdentifier of an AuthorityKeyIdentifier; RFC 5280, section 4.2.1.1. */
function readAuthorityKeyId(element: DerElement): string | undefined {
  const identifier = new DerFields(element, TAG.sequence).optional(0x80)
  return identifier && hex(identifier.content)
}

/** A serial number as hex of its content. @throws DerError */
export function serialOf(element: DerElement): string {
  return hex(integerBytes(element))
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
