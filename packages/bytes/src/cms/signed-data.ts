import { derOfBer } from '../der/ber.ts'
import { childrenOf, type DerElement, elementAt, onlyElement, TAG } from '../der/element.ts'
import { DerError } from '../der/error.ts'
import { DerFields, unwrap } from '../der/fields.ts'
import { octetsOf, oidOf, smallInteger } from '../der/values.ts'
import { type Certificate, readCertificate } from '../x509/certificate.ts'
import { type RevocationList, readRevocationList } from '../x509/revocation-list.ts'
import { readSigner, type Signer } from './signer.ts'

/** A SignedData of CMS (RFC 5652, section 5) or PKCS #7 (RFC 2315, section 9), read and not yet verified. */
export interface SignedData {
  /** `ber`: with indefinite lengths, as signers that stream write it; read all the same. */
  readonly encoding: 'der' | 'ber'
  readonly version: number
  /** Object identifier of what is signed, dotted. */
  readonly contentType: string
  /** What is signed, where it travels along: an octet string's octets, or the content of another element. */
  readonly content: Uint8Array | undefined
  readonly certificates: readonly Certificate[]
  readonly lists: readonly RevocationList[]
  /** Certificates and lists that are of other kinds, or damaged. */
  readonly unread: number
  readonly signers: readonly Signer[]
  /** Bytes that the structure takes; more may follow where the caller allowed it. */
  readonly taken: number
}

export const SIGNED_DATA = '1.2.840.113549.1.7.2'
export const DATA = '1.2.840.113549.1.7.1'
/** More than any real one has. */
const MOST_MEMBERS = 200

/**
 * The SignedData in a ContentInfo.
 * @param options.trailing `true` lets bytes follow, as padding does in a PE image
 * @throws DerError for what is none
 */
export function readSignedData(bytes: Uint8Array, { trailing = false } = {}): SignedData {
  try {
    const size = elementAt(bytes).whole.length
    return withEnd(readContentInfo(bytes.subarray(0, size)), 'der', size, bytes, trailing)
  } catch (error) {
    if (!(error instanceof DerError) || error.code === 'trailing') throw error
    const { der, taken } = derOfBer(bytes)
    if (Buffer.from(der).equals(bytes.subarray(0, taken))) throw error
    return withEnd(readContentInfo(der), 'ber', taken, bytes, trailing)
  }
}

type Body = Omit<SignedData, 'encoding' | 'taken'>

function withEnd(
  body: Body,
  encoding: SignedData['encoding'],
  taken: number,
  { length }: Uint8Array,
  trailing: boolean,
): SignedData {
  if (!trailing && taken !== length)
    throw new DerError('trailing', `${length - taken} bytes follow the structure`)
  return { ...body, encoding, taken }
}

function readContentInfo(der: Uint8Array): Body {
  const info = new DerFields(onlyElement(der), TAG.sequence)
  const type = oidOf(info.take(TAG.oid))
  if (type !== SIGNED_DATA) throw new DerError('value', `a content of type ${type} is not signed`)
  const fields = new DerFields(unwrap(info.take(0xa0)), TAG.sequence)
  info.end()
  const version = smallInteger(fields.take(TAG.integer))
  fields.take(TAG.set)
  const { contentType, content } = readEncapsulated(fields.take(TAG.sequence))
  const certificates = membersOf(fields.optional(0xa0))
  const lists = membersOf(fields.optional(0xa1))
  const signers = membersOf(fields.take(TAG.set)).map(readSigner)
  fields.end()
  const read = certificates.flatMap((one) => attempt(() => readCertificate(one.whole)))
  const readLists = lists.flatMap((one) => attempt(() => readRevocationList(one.whole)))
  const unread = certificates.length + lists.length - read.length - readLists.length
  return { version, contentType, content, certificates: read, lists: readLists, unread, signers }
}

/** CMS wraps octets; PKCS #7 any element, of which the content is signed without its header. */
function readEncapsulated(element: DerElement): Pick<SignedData, 'contentType' | 'content'> {
  const fields = new DerFields(element, TAG.sequence)
  const contentType = oidOf(fields.take(TAG.oid))
  const wrapped = fields.optional(0xa0)
  fields.end()
  if (!wrapped) return { contentType, content: undefined }
  const inner = unwrap(wrapped)
  return { contentType, content: inner.tag === TAG.octetString ? octetsOf(inner) : inner.content }
}

function membersOf(set: DerElement | undefined): readonly DerElement[] {
  const members = set ? childrenOf(set) : []
  if (members.length > MOST_MEMBERS) throw new DerError('too-much', `${members.length} members of a set`)
  return members
}

/** One damaged certificate does not undo the others. */
function attempt<Result>(read: () => Result): readonly Result[] {
  try {
    return [read()]
  } catch (error) {
    if (error instanceof DerError) return []
    throw error
  }
}

/** Whether these bytes begin as a ContentInfo with a SignedData does. */
export function looksSigned(bytes: Uint8Array): boolean {
  try {
    const at = bytes[1] === 0x80 ? 2 : 2 + ((bytes[1] ?? 0) < 0x80 ? 0 : (bytes[1] as number) & 0x7f)
    return bytes[0] === TAG.sequence && oidOf(elementAt(bytes, at)) === SIGNED_DATA
  } catch {
    return false
  }
}
