import type { KeyObject } from 'node:crypto'
import {
  type Bytes,
  type Certificate,
  childrenOf,
  createDigest,
  type DerElement,
  DerError,
  type DigestName,
  derOfBer,
  elementAt,
  forEachWindow,
  memoryBytes,
  onlyElement,
  readSignedData,
  type SignatureScheme,
  type Signer,
  TAG,
  unwrap,
  writeElement,
} from '@messlatte/bytes'
import { type Hands, NotMade, text } from '../contract.ts'
import { doublesOf } from './certificates.ts'
import type { KeyKind } from './keys.ts'
import { signStretch } from './sign.ts'

/** What the structure is to sign: content that travels in it, or a stretch beside it. */
export type CmsContent = { readonly travelling: Uint8Array } | { readonly beside: Bytes }

const MESSAGE_DIGEST = '06092a864886f70d010904'
const WINDOW = 1024 * 1024

/**
 * The structure once more, over this content, signed by doubles of its signers' certificates, or with the maker's own key.
 * @throws NotMade @throws DerError
 */
export function resignCms(
  cms: Uint8Array,
  content: CmsContent,
  who: 'foreign' | 'own',
  hands: Hands,
): Buffer {
  const der = definite(cms)
  const signed = readSignedData(der)
  const parts = bodyOf(der)
  const doubles = who === 'foreign' ? doublesOf(signed.certificates, hands.keys) : []
  const keyOf = (signer: Signer): KeyObject => {
    if (who === 'own') {
      if (!hands.own) throw new NotMade(NO_KEY)
      return hands.own
    }
    const index = signed.certificates.findIndex((one) => isMeantBy(signer, one))
    const double = doubles[index]
    return double?.key ?? hands.keys.keyFor('signer', kindOfSigner(signer))
  }
  return put(parts, {
    content: 'travelling' in content ? content.travelling : undefined,
    certificates: (one) => {
      const index = signed.certificates.findIndex(({ der: own }) => Buffer.from(own).equals(one))
      return doubles[index]?.der ?? one
    },
    signers: (elements) =>
      elements.map((element, index) => {
        const signer = signed.signers[index]
        if (!signer) throw new NotMade(NO_KEY)
        return resigned(element, signer, content, keyOf(signer))
      }),
  })
}

/** The structure with other content under the signature that was there: digests inside are put right, the signature is not. */
export function withContent(cms: Uint8Array, content: Uint8Array): Buffer {
  return put(bodyOf(definite(cms)), { content })
}

/** The structure without any signer and certificate. @throws DerError */
export function withoutSigners(cms: Uint8Array): Buffer {
  return put(bodyOf(definite(cms)), { signers: () => [] })
}

function definite(cms: Uint8Array): Uint8Array {
  try {
    return onlyElement(cms.subarray(0, elementAt(cms).whole.length)).whole
  } catch {
    return derOfBer(cms).der
  }
}

interface Body {
  readonly type: DerElement
  readonly fields: readonly DerElement[]
}

function bodyOf(der: Uint8Array): Body {
  const [type, wrapped] = childrenOf(onlyElement(der))
  if (!type || !wrapped) throw new NotMade(NO_KEY)
  return { type, fields: childrenOf(unwrap(wrapped)) }
}

interface Put {
  readonly content?: Uint8Array | undefined
  readonly certificates?: (der: Uint8Array) => Uint8Array
  readonly signers?: (elements: readonly DerElement[]) => readonly Uint8Array[]
}

/** SignedData (RFC 5652, section 5.1): version, digests, content, [0] certificates, [1] lists, signers. */
function put({ type, fields }: Body, { content, certificates, signers }: Put): Buffer {
  const last = fields.length - 1
  const written = fields.map((field, index): Uint8Array => {
    if (index === 2 && content) return withOctets(field, content)
    if (field.tag === 0xa0 && certificates)
      return writeElement(0xa0, ...childrenOf(field).map(({ whole }) => certificates(whole)))
    if (index === last && signers) return writeElement(TAG.set, ...signers(childrenOf(field)))
    return field.whole
  })
  return writeElement(TAG.sequence, type.whole, writeElement(0xa0, writeElement(TAG.sequence, ...written)))
}

function withOctets(encapsulated: DerElement, content: Uint8Array): Buffer {
  const [type] = childrenOf(encapsulated)
  if (!type) throw new NotMade(NO_KEY)
  return writeElement(TAG.sequence, type.whole, writeElement(0xa0, writeElement(TAG.octetString, content)))
}

/** SignerInfo (RFC 5652, section 5.3). */
function resigned(element: DerElement, signer: Signer, content: CmsContent, key: KeyObject): Buffer {
  const { digest, scheme } = signer
  if (!digest || !scheme) throw new NotMade(NO_KEY)
  const message = 'travelling' in content ? memoryBytes(content.travelling) : content.beside
  const fields = childrenOf(element)
  const attributes = fields.find(({ tag }) => tag === 0xa0)
  const renewed = attributes && withDigest(attributes, digestOf(message, digest))
  const over = renewed ? memoryBytes(asSet(renewed)) : message
  const signature = signStretch(scheme, key, over)
  const [octets] = fields.filter(({ tag }) => tag === TAG.octetString).slice(-1)
  return writeElement(
    TAG.sequence,
    ...fields.map((field) => {
      if (field === attributes) return renewed ?? field.whole
      return field === octets ? writeElement(TAG.octetString, signature) : field.whole
    }),
  )
}

function withDigest(attributes: DerElement, digest: Uint8Array): Buffer {
  const list = childrenOf(attributes).map((one) => {
    const [oid] = childrenOf(one)
    const isDigest = oid && Buffer.from(oid.whole).toString('hex') === MESSAGE_DIGEST
    return isDigest
      ? writeElement(TAG.sequence, oid.whole, writeElement(TAG.set, writeElement(TAG.octetString, digest)))
      : one.whole
  })
  return writeElement(0xa0, ...list)
}

/** RFC 5652, section 5.4: what is signed has the tag of a SET, not the implicit one. */
function asSet(attributes: Uint8Array): Buffer {
  const set = Buffer.from(attributes)
  set[0] = TAG.set
  return set
}

export function digestOf(bytes: Bytes, name: DigestName, at = 0, length = bytes.size - at): Buffer {
  const hash = createDigest(name)
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest()
}

function isMeantBy({ id }: Signer, { serial, issuer, subjectKeyId }: Certificate): boolean {
  return 'serial' in id
    ? id.serial === serial && id.issuer.text === issuer.text
    : id.subjectKeyId === subjectKeyId
}

/** Where the value of the first signature lies: its middle, in bytes from the start of the structure. */
export function valueInCms(cms: Uint8Array): number | undefined {
  try {
    const value = readSignedData(cms, { trailing: true }).signers[0]?.signature
    const at = value ? Buffer.from(cms).lastIndexOf(value) : -1
    return value && at >= 0 ? at + Math.floor(value.length / 2) : undefined
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

/** Where no certificate travels along, a signature still tells the size of its key. */
function kindOfSigner({ scheme, signature }: Signer): KeyKind {
  return kindFor(scheme, signature.length)
}

export function kindFor(scheme: SignatureScheme | undefined, signatureLength: number): KeyKind {
  if (scheme?.kind === 'ed25519') return { type: 'ed25519' }
  if (scheme?.kind === 'ecdsa')
    return { type: 'ec', curve: signatureLength > 104 ? 'P-521' : signatureLength > 72 ? 'P-384' : 'P-256' }
  return { type: 'rsa', bits: Math.max(1024, signatureLength * 8) }
}

const NO_KEY = text(
  'The structure is signed in a way that is not made here.',
  'Die Struktur ist auf eine Art signiert, die hier nicht gebildet wird.',
)
