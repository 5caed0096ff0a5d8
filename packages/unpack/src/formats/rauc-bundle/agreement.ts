import { createDecipheriv, createHash, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto'
import { DER_OCTETS, DER_SEQUENCE, type DerNode, derChildren, derOid, writeElement } from '@messlatte/bytes'

/** Key agreement with ECDH and the key derivation of ANSI X9.63 (RFC 5753, section 7.1.4), with and without cofactor. */
const SCHEMES: ReadonlyMap<string, string> = new Map([
  ['2b81051086483f0002', 'sha1'],
  ['2b81051086483f0003', 'sha1'],
  ...['0b', '0e'].flatMap((scheme) =>
    ['sha224', 'sha256', 'sha384', 'sha512'].map(
      (hash, index) => [`2b810401${scheme}0${index}`, hash] as const,
    ),
  ),
])
/** Key wrap with AES (RFC 3394), to the bits of its key. */
const WRAPS: ReadonlyMap<string, number> = new Map([
  ['608648016503040105', 128],
  ['608648016503040119', 192],
  ['60864801650304012d', 256],
])
const CURVES: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}
const BIT_STRING = 0x03
const ORIGINATOR = 0xa0
const ORIGINATOR_KEY = 0xa1
const USER_MATERIAL = 0xa1

/** KeyAgreeRecipientInfo (RFC 5652, section 6.2.2): the keys in it that this private key unwraps. May throw as OpenSSL does. */
export function agreedKeys(cms: Uint8Array, recipient: DerNode, key: KeyObject): readonly Uint8Array[] {
  const fields = derChildren(cms, recipient)
  const [algorithm, wrapped] = fields.filter(({ tag }) => tag === DER_SEQUENCE)
  const peer = originatorKey(cms, fields[1], key)
  if (!algorithm || !wrapped || !peer) return []
  const [scheme, wrap] = derChildren(cms, algorithm)
  const hash = SCHEMES.get(derOid(cms, scheme) ?? '')
  const bits = wrap && WRAPS.get(derOid(cms, derChildren(cms, wrap)[0]) ?? '')
  if (hash === undefined || !scheme || !wrap || bits === undefined) return []
  const material = fields.find(({ tag }, index) => tag === USER_MATERIAL && index > 1)
  const info = sharedInfo(
    cms.subarray(scheme.end, wrap.end),
    material && cms.subarray(material.at, material.end),
    bits,
  )
  const own = derive(hash, diffieHellman({ privateKey: key, publicKey: peer }), info, bits / 8)
  return derChildren(cms, wrapped).flatMap((one) => {
    const value = derChildren(cms, one).find(({ tag }) => tag === DER_OCTETS)
    return value ? [unwrap(own, cms.subarray(value.at, value.end))] : []
  })
}

/** The sender's key is a point of the recipient's curve, uncompressed. */
function originatorKey(cms: Uint8Array, node: DerNode | undefined, key: KeyObject): KeyObject | undefined {
  const curve = CURVES[key.asymmetricKeyDetails?.namedCurve ?? '']
  const [inner] = node?.tag === ORIGINATOR ? derChildren(cms, node) : []
  const [, bits] = inner?.tag === ORIGINATOR_KEY ? derChildren(cms, inner) : []
  if (curve === undefined || bits?.tag !== BIT_STRING) return undefined
  // Behind the number of unused bits and the mark of an uncompressed point.
  const point = Buffer.from(cms.subarray(bits.at + 2, bits.end))
  const half = point.length / 2
  const [x, y] = [point.toString('base64url', 0, half), point.toString('base64url', half)]
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: curve, x, y } })
}

/** ECC-CMS-SharedInfo (RFC 5753, section 7.2). */
function sharedInfo(wrap: Uint8Array, material: Uint8Array | undefined, bits: number): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(bits)
  const parts = [
    wrap,
    material ? writeElement(0xa0, material) : Buffer.alloc(0),
    writeElement(0xa2, writeElement(DER_OCTETS, size)),
  ]
  return writeElement(DER_SEQUENCE, Buffer.concat(parts))
}

function derive(hash: string, secret: Uint8Array, info: Uint8Array, length: number): Buffer {
  const parts: Buffer[] = []
  for (let counter = 1; Buffer.concat(parts).length < length; counter++) {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(counter)
    parts.push(createHash(hash).update(secret).update(number).update(info).digest())
  }
  return Buffer.concat(parts).subarray(0, length)
}

function unwrap(key: Uint8Array, value: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(`id-aes${key.length * 8}-wrap`, key, Buffer.alloc(8, 0xa6))
  return Buffer.concat([decipher.update(value), decipher.final()])
}
