import { childrenOf, type DerElement, TAG } from '../der/element.ts'
import { DerError } from '../der/error.ts'
import { DerFields } from '../der/fields.ts'
import { timeOf } from '../der/time.ts'
import { octetsOf, oidOf, smallInteger } from '../der/values.ts'
import { type DigestName, digestOfOid } from '../signatures/digests.ts'
import type { SignatureScheme } from '../signatures/verify.ts'
import { readAlgorithm, schemeOf } from '../x509/algorithm.ts'
import { serialOf } from '../x509/extensions.ts'
import { type DistinguishedName, readName } from '../x509/name.ts'

/** A SignerInfo; RFC 5652, section 5.3. */
export interface Signer {
  readonly version: number
  /** Which certificate is meant: by its issuer and serial number, or by its subject key identifier (hex). */
  readonly id:
    | { readonly issuer: DistinguishedName; readonly serial: string }
    | { readonly subjectKeyId: string }
  /** Dotted. */
  readonly digestOid: string
  /** Undefined for digests that nothing here makes. */
  readonly digest: DigestName | undefined
  /** Dotted. */
  readonly schemeOid: string
  readonly scheme: SignatureScheme | undefined
  readonly signature: Uint8Array
  readonly signedAttributes: SignedAttributes | undefined
  readonly unsignedAttributes: readonly Attribute[]
}

export interface Attribute {
  /** Dotted. */
  readonly oid: string
  readonly values: readonly DerElement[]
}

export interface SignedAttributes {
  /** What the signature is made over: the attributes as a SET, in the order in which they stand. */
  readonly message: Uint8Array
  readonly list: readonly Attribute[]
  /** Dotted. */
  readonly contentType: string | undefined
  readonly messageDigest: Uint8Array | undefined
  /** What the signer says; nobody else has seen it. */
  readonly signingTime: string | undefined
}

const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_TIME = '1.2.840.113549.1.9.5'

/** @throws DerError */
export function readSigner(element: DerElement): Signer {
  const fields = new DerFields(element, TAG.sequence)
  const version = smallInteger(fields.take(TAG.integer))
  const id = readId(fields.any())
  const digestOid = readAlgorithm(fields.take(TAG.sequence)).oid
  const attributes = fields.optional(0xa0)
  const algorithm = readAlgorithm(fields.take(TAG.sequence))
  const signature = octetsOf(fields.take(TAG.octetString))
  const unsigned = fields.optional(0xa1)
  fields.end()
  const digest = digestOfOid(digestOid)
  return {
    version,
    id,
    digestOid,
    digest,
    schemeOid: algorithm.oid,
    scheme: schemeOf(algorithm, digest),
    signature,
    signedAttributes: attributes && readSignedAttributes(attributes),
    unsignedAttributes: unsigned ? attributesOf(unsigned) : [],
  }
}

function readId(element: DerElement): Signer['id'] {
  if (element.tag === 0x80) return { subjectKeyId: Buffer.from(element.content).toString('hex') }
  const fields = new DerFields(element, TAG.sequence)
  const issuer = readName(fields.take(TAG.sequence))
  const serial = serialOf(fields.take(TAG.integer))
  fields.end()
  return { issuer, serial }
}

function readSignedAttributes(element: DerElement): SignedAttributes {
  const list = attributesOf(element)
  const type = only(list, CONTENT_TYPE)
  const digest = only(list, MESSAGE_DIGEST)
  const time = only(list, SIGNING_TIME)
  const message = Buffer.from(element.whole)
  // RFC 5652, section 5.4: what is signed has the tag of a SET, not the implicit one.
  message[0] = TAG.set
  return {
    message,
    list,
    contentType: type && oidOf(type),
    messageDigest: digest && octetsOf(digest),
    signingTime: time && timeOf(time),
  }
}

function attributesOf(element: DerElement): readonly Attribute[] {
  return childrenOf(element).map((one) => {
    const fields = new DerFields(one, TAG.sequence)
    const oid = oidOf(fields.take(TAG.oid))
    const values = childrenOf(fields.take(TAG.set))
    fields.end()
    return { oid, values }
  })
}

/** Attributes that bind the signature stand once and have one value; a second one could mean another content. */
function only(list: readonly Attribute[], oid: string): DerElement | undefined {
  const found = list.filter((one) => one.oid === oid)
  if (found.length > 1 || (found[0] && found[0].values.length !== 1))
    throw new DerError('value', `the attribute ${oid} does not stand exactly once`)
  return found[0]?.values[0]
}
