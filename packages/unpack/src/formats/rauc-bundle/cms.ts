import { constants, createDecipheriv, createPrivateKey, type KeyObject, privateDecrypt } from 'node:crypto'
import { DER_OCTETS, DER_SEQUENCE, DER_SET, type DerNode, derAt, derChildren, derOid } from '@messlatte/bytes'
import { agreedKeys } from './agreement.ts'

/** Object identifiers, as they are encoded. */
export const SIGNED_DATA = '2a864886f70d010702'
export const ENVELOPED_DATA = '2a864886f70d010703'
const RSA = '2a864886f70d010101'
const RSA_OAEP = '2a864886f70d010107'
const KEY_AGREEMENT = 0xa1
const AES_CBC: ReadonlyMap<string, number> = new Map([
  ['60864801650304' + '0102', 128],
  ['60864801650304' + '0116', 192],
  ['60864801650304' + '012a', 256],
])

/** Content of a ContentInfo (RFC 5652, section 3) of the given type. */
function contentOf(cms: Uint8Array, type: string): readonly DerNode[] | undefined {
  const outer = derAt(cms, 0)
  if (outer?.tag !== DER_SEQUENCE) return undefined
  const [oid, wrapped] = derChildren(cms, outer)
  if (derOid(cms, oid) !== type || wrapped?.tag !== 0xa0) return undefined
  const [content] = derChildren(cms, wrapped)
  return content?.tag === DER_SEQUENCE ? derChildren(cms, content) : undefined
}

/** What a SignedData (RFC 5652, section 5.1) signs, where it carries that with it. */
export function signedContent(cms: Uint8Array): Uint8Array | undefined {
  const encapsulated = contentOf(cms, SIGNED_DATA)?.[2]
  if (encapsulated?.tag !== DER_SEQUENCE) return undefined
  const [, wrapped] = derChildren(cms, encapsulated)
  const [octets] = wrapped?.tag === 0xa0 ? derChildren(cms, wrapped) : []
  return octets?.tag === DER_OCTETS ? cms.subarray(octets.at, octets.end) : undefined
}

/** Decrypts an EnvelopedData (RFC 5652, section 6) with a recipient's private key (PEM or PKCS #8); undefined where it does not fit. */
export function openEnvelope(cms: Uint8Array, material: Uint8Array): Uint8Array | undefined {
  const fields = contentOf(cms, ENVELOPED_DATA) ?? []
  const recipients = fields.find(({ tag }) => tag === DER_SET)
  const content = fields.find(({ tag }, index) => tag === DER_SEQUENCE && index > 0)
  if (!recipients || !content) return undefined
  for (const recipient of derChildren(cms, recipients)) {
    try {
      for (const key of contentKeys(cms, recipient, privateKeyOf(material))) {
        const plain = decrypt(cms, content, key)
        if (plain) return plain
      }
    } catch {
      // OpenSSL's way of saying that the key is another one, or of another kind.
    }
  }
  return undefined
}

function contentKeys(cms: Uint8Array, recipient: DerNode, key: KeyObject): readonly Uint8Array[] {
  if (recipient.tag === KEY_AGREEMENT) return agreedKeys(cms, recipient, key)
  const transported = recipient.tag === DER_SEQUENCE ? transportedKey(cms, recipient, key) : undefined
  return transported ? [transported] : []
}

/** KeyTransRecipientInfo: version, recipient, algorithm, key. */
function transportedKey(cms: Uint8Array, recipient: DerNode, key: KeyObject): Uint8Array | undefined {
  const [, , algorithm, wrapped] = derChildren(cms, recipient)
  if (algorithm?.tag !== DER_SEQUENCE || wrapped?.tag !== DER_OCTETS) return undefined
  const [oid, parameters] = derChildren(cms, algorithm)
  const value = cms.subarray(wrapped.at, wrapped.end)
  switch (derOid(cms, oid)) {
    case RSA:
      return withoutPadding(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, value))
    case RSA_OAEP: {
      const text = parameters ? Buffer.from(cms.subarray(parameters.at, parameters.end)).toString('hex') : ''
      const oaepHash = text.includes('0609608648016503040201') ? 'sha256' : 'sha1'
      return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, value)
    }
    default:
      return undefined
  }
}

function privateKeyOf(material: Uint8Array): KeyObject {
  const key = Buffer.from(material)
  return key.includes('-----BEGIN')
    ? createPrivateKey(key)
    : createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

/** PKCS #1 v1.5: 0, 2, bytes that are not 0, 0, the key. Node.js hides a padding that is wrong; here it has to be seen. */
function withoutPadding(block: Uint8Array): Uint8Array | undefined {
  const end = block.indexOf(0, 2)
  return block[0] === 0 && block[1] === 2 && end >= 10 ? block.subarray(end + 1) : undefined
}

/** EncryptedContentInfo: type, algorithm with its initial vector, content. */
function decrypt(cms: Uint8Array, info: DerNode, key: Uint8Array): Uint8Array | undefined {
  const [, algorithm, content] = derChildren(cms, info)
  if (!algorithm || !content || (content.tag & 0xdf) !== 0x80) return undefined
  const [oid, vector] = derChildren(cms, algorithm)
  const bits = AES_CBC.get(derOid(cms, oid) ?? '')
  if (bits === undefined || vector?.tag !== DER_OCTETS || key.length * 8 !== bits) return undefined
  const decipher = createDecipheriv(`aes-${bits}-cbc`, key, cms.subarray(vector.at, vector.end))
  return Buffer.concat([decipher.update(cms.subarray(content.at, content.end)), decipher.final()])
}
