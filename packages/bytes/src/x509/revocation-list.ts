import { onlyElement, TAG } from '../der/element.ts'
import { DerFields, unwrap } from '../der/fields.ts'
import { timeOf } from '../der/time.ts'
import { readSigned, type SignedPart } from './certificate.ts'
import { extensionList, serialOf } from './extensions.ts'
import { type DistinguishedName, readName } from './name.ts'

/** A certificate revocation list (RFC 5280, section 5.1). */
export interface RevocationList {
  readonly issuer: DistinguishedName
  readonly thisUpdate: string
  /** Undefined where it names none. */
  readonly nextUpdate: string | undefined
  /** Serial numbers (hex) to the time of their revocation. */
  readonly revoked: ReadonlyMap<string, string>
  /** Dotted: critical extensions; a list for some certificates only, or of changes, has them. Nothing here looks at any. */
  readonly unknownCritical: readonly string[]
  readonly signed: SignedPart
}

/** @throws DerError */
export function readRevocationList(der: Uint8Array): RevocationList {
  const { body, signed } = readSigned(onlyElement(der))
  const fields = new DerFields(body, TAG.sequence)
  fields.optional(TAG.integer)
  fields.take(TAG.sequence)
  const issuer = readName(fields.take(TAG.sequence))
  const thisUpdate = timeOf(fields.any())
  const next = fields.optional(0x17) ?? fields.optional(0x18)
  const entries = fields.optional(TAG.sequence)
  const extensions = fields.optional(0xa0)
  fields.end()
  const revoked = new Map<string, string>()
  const rows = entries ? new DerFields(entries, TAG.sequence).rest() : []
  for (const row of rows) {
    const parts = new DerFields(row, TAG.sequence)
    revoked.set(serialOf(parts.take(TAG.integer)), timeOf(parts.any()))
  }
  const critical = (extensions ? extensionList(unwrap(extensions)) : []).filter((one) => one.critical)
  return {
    issuer,
    thisUpdate,
    nextUpdate: next && timeOf(next),
    revoked,
    unknownCritical: critical.map(({ oid }) => oid),
    signed,
  }
}
