import { type DerElement, onlyElement, TAG } from '../der/element.ts'
import { DerFields, unwrap } from '../der/fields.ts'
import { timeOf } from '../der/time.ts'
import { wholeBits } from '../der/values.ts'
import { type PublicKey, readPublicKey, sha256 } from '../signatures/public-key.ts'
import { type SignatureScheme, signedMessage, verifies } from '../signatures/verify.ts'
import { readAlgorithm, schemeOf } from './algorithm.ts'
import { type Extension, type Extensions, extensionList, readExtensions, serialOf } from './extensions.ts'
import { type DistinguishedName, readName } from './name.ts'

/** A certificate as X.509 has it (RFC 5280, section 4.1), read and not yet trusted. */
export interface Certificate extends Extensions {
  readonly der: Uint8Array
  /** SHA-256 (hex) of all of it. */
  readonly sha256: string
  /** Hex, two's complement. */
  readonly serial: string
  readonly issuer: DistinguishedName
  readonly subject: DistinguishedName
  /** `2026-01-31T23:59:59Z`. */
  readonly notBefore: string
  readonly notAfter: string
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  readonly spkiSha256: string
  /** Undefined for kinds of keys that nothing here verifies with. */
  readonly key: PublicKey | undefined
  readonly signed: SignedPart
}

/** What an issuer signed, in a certificate or a revocation list. */
export interface SignedPart {
  readonly message: Uint8Array
  /** Dotted. */
  readonly algorithm: string
  /** Undefined for schemes that nothing here verifies. */
  readonly scheme: SignatureScheme | undefined
  readonly signature: Uint8Array
}

/** @throws DerError for what is none, and for whatever stands behind it */
export function readCertificate(der: Uint8Array): Certificate {
  const { body, signed } = readSigned(onlyElement(der))
  const fields = new DerFields(body, TAG.sequence)
  fields.optional(0xa0)
  const serial = serialOf(fields.take(TAG.integer))
  fields.take(TAG.sequence)
  const issuer = readName(fields.take(TAG.sequence))
  const validity = new DerFields(fields.take(TAG.sequence), TAG.sequence)
  const [notBefore, notAfter] = [timeOf(validity.any()), timeOf(validity.any())]
  const subject = readName(fields.take(TAG.sequence))
  const spki = fields.take(TAG.sequence).whole
  fields.optional(0x81)
  fields.optional(0x82)
  const extensions = fields.optional(0xa3)
  fields.end()
  const key = readPublicKey(spki)
  return {
    ...readExtensions(extensions ? extensionList(unwrap(extensions)) : []),
    der,
    sha256: sha256(der),
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    spki,
    spkiSha256: sha256(spki),
    key,
    signed,
  }
}

/** All extensions with their values, as formats of their own use them. @throws DerError */
export function extensionsOf({ signed }: Certificate): readonly Extension[] {
  const fields = new DerFields(onlyElement(signed.message), TAG.sequence).rest()
  const extensions = fields.find(({ tag }) => tag === 0xa3)
  return extensions ? extensionList(unwrap(extensions)) : []
}

/** SIGNED{…}: a body, an algorithm, and a signature over the body. @throws DerError */
export function readSigned(element: DerElement): { readonly body: DerElement; readonly signed: SignedPart } {
  const outer = new DerFields(element, TAG.sequence)
  const body = outer.take(TAG.sequence)
  const algorithm = readAlgorithm(outer.take(TAG.sequence))
  const signature = wholeBits(outer.take(TAG.bitString))
  outer.end()
  const signed = {
    message: body.whole,
    algorithm: algorithm.oid,
    scheme: schemeOf(algorithm),
    signature,
  }
  return { body, signed }
}

/** Whether this key made the signature; undefined where nothing here can tell. */
export function isSignedBy(
  { message, scheme, signature }: SignedPart,
  key: PublicKey | undefined,
): boolean | undefined {
  return scheme && key && verifies(scheme, key, signedMessage(message), signature)
}
