import { type Bytes, Reader } from '@messlatte/bytes'

export const MAGIC = 'HSTO'
const HEADER = 20
const BOOTSTRAP = 1
const ENCRYPTED = 2
const SUBKEY = 3
const SHA256_SIZE = 32
const PSS = 0x70414930
const PKCS1 = 0x70004830
/** Bytes: RSA of 1024 to 8192 bits. */
const MIN_SIGNATURE = 128
const MAX_SIGNATURE = 1024
const MAX_IMAGE = 256 * 1024 * 1024
/** Bytes: what GCM and CCM use is shorter. */
const MAX_NONCE = 32
const MAX_SUBKEYS = 8
const MAX_NAME = 1024

/** Bytes from the start. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** One signed header: of the application itself, or of a key that signs the next. */
export interface TaHeader {
  readonly at: number
  readonly type: 'application' | 'encrypted' | 'subkey'
  readonly scheme: 'pss' | 'pkcs1'
  readonly hash: Uint8Array
  readonly signature: Uint8Array
  /** What the hash stands for, in this order; of an encrypted application, what lies in the clear. */
  readonly hashed: readonly Stretch[]
}

/** core/include/signed_hdr.h and scripts/sign_encrypt.py of OP-TEE. Little endian, but for the UUID. */
export interface OpteeTa {
  /** Keys between the root and the application, each signed by the one before it, then the application. */
  readonly headers: readonly TaHeader[]
  /** As people write it. */
  readonly uuid: string
  /** Rises against rollback. */
  readonly version: number
  readonly encrypted: boolean
  readonly image: Stretch
}

/** The signed trusted application at `at`, or undefined; the image itself may be cut off. */
export function parseOpteeTa(bytes: Bytes, start: number): OpteeTa | undefined {
  const headers: TaHeader[] = []
  for (let at = start; headers.length <= MAX_SUBKEYS; ) {
    const header = headerAt(bytes, at)
    if (!header) return undefined
    const { type, size, body } = header
    const own = { at: at - start, scheme: header.scheme, hash: header.hash, signature: header.signature }
    const fixed = { from: at - start, to: at - start + HEADER }
    if (type === SUBKEY) {
      const end = subkeyEnd(bytes, body, size)
      if (end === undefined) return undefined
      headers.push({
        ...own,
        type: 'subkey',
        hashed: [fixed, { from: body - start, to: body + size - start }],
      })
      at = end
      continue
    }
    if (body + 20 > bytes.size) return undefined
    const uuid = Buffer.from(bytes.view(body, 16)).toString('hex')
    const version = new Reader(bytes.view(body + 16, 4), 'little').u32()
    const image = type === ENCRYPTED ? encryptedAt(bytes, body + 20) : body + 20
    if (image === undefined) return undefined
    const stretch = { from: image - start, to: image - start + size }
    const clear = { from: body - start, to: stretch.from }
    const encrypted = type === ENCRYPTED
    headers.push({
      ...own,
      type: encrypted ? 'encrypted' : 'application',
      hashed: encrypted ? [fixed, clear] : [fixed, clear, stretch],
    })
    return { headers, uuid: dashed(uuid), version, encrypted, image: stretch }
  }
  return undefined
}

function headerAt(bytes: Bytes, at: number) {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(4) !== MAGIC) return undefined
  const [type, size, algorithm] = [reader.u32(), reader.u32(), reader.u32()]
  const [hashSize, signatureSize] = [reader.u16(), reader.u16()]
  if (type < BOOTSTRAP || type > SUBKEY || size === 0 || size > MAX_IMAGE) return undefined
  if (hashSize !== SHA256_SIZE || (algorithm !== PSS && algorithm !== PKCS1)) return undefined
  if (signatureSize < MIN_SIGNATURE || signatureSize > MAX_SIGNATURE) return undefined
  const body = at + HEADER + hashSize + signatureSize
  if (body > bytes.size) return undefined
  return {
    type,
    size,
    body,
    scheme: algorithm === PSS ? ('pss' as const) : ('pkcs1' as const),
    hash: bytes.view(at + HEADER, hashSize).slice(),
    signature: bytes.view(at + HEADER + hashSize, signatureSize).slice(),
  }
}

/** Where the next header stands: behind the key and, where there is one, a name. */
function subkeyEnd(bytes: Bytes, body: number, size: number): number | undefined {
  if (size < 36 || body + size > bytes.size) return undefined
  const name = new Reader(bytes.view(body + 16, 4), 'little').u32()
  return name > MAX_NAME ? undefined : body + size + name
}

/** Where the ciphertext begins: behind nonce and tag. */
function encryptedAt(bytes: Bytes, at: number): number | undefined {
  if (at + 12 > bytes.size) return undefined
  const reader = new Reader(bytes.view(at + 8, 4), 'little')
  const [nonce, tag] = [reader.u16(), reader.u16()]
  if (nonce === 0 || nonce > MAX_NONCE || tag === 0 || tag > MAX_NONCE) return undefined
  const end = at + 12 + nonce + tag
  return end > bytes.size ? undefined : end
}

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
