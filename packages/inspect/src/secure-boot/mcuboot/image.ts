import { createHash } from 'node:crypto'
import { type Bytes, forEachWindow, Reader } from '@messlatte/bytes'
import { type McubootImage, type McubootTlv, parseMcuboot } from '@messlatte/unpack'
import type { HashAlgorithm, McubootFact, SignatureTlv, SignatureType, StatedHash } from './facts.ts'
import { readTrailer } from './slot.ts'

/** Types of TLVs; MCUboot, boot/bootutil/include/bootutil/image.h. */
const KEY_HASH = 0x01
const PUBLIC_KEY = 0x02
const HASHES: ReadonlyMap<number, HashAlgorithm> = new Map([
  [0x10, 'sha256'],
  [0x11, 'sha384'],
  [0x12, 'sha512'],
])
const SIGNATURES: ReadonlyMap<number, SignatureType> = new Map([
  [0x20, 'rsa2048-pss'],
  [0x21, 'ecdsa224'],
  [0x22, 'ecdsa'],
  [0x23, 'rsa3072-pss'],
  [0x24, 'ed25519'],
])
const IS_PURE = 0x25
const DEPENDENCY = 0x40
const COUNTER = 0x50
const FLAG_ENCRYPTED = 0xc
const FIRST_ENCRYPTED_KEY = 0x30
const LAST_ENCRYPTED_KEY = 0x34
const FLAG_NOT_BOOTABLE = 0x10
const FLAG_COMPRESSED = 0x600
/** Bytes of a value that is looked at: RSA of 4096 bits, a public key. */
const MAX_VALUE = 1024
const MAX_SIGNATURES = 8
const MAX_LISTED = 64
/** Bytes of an image whose signature needs all of it: more than flash of such chips has. */
const MAX_MESSAGE = 2 * 1024 * 1024
/** Bytes of header and protected TLVs of an encrypted image: they have a length of 16 bits. */
const MAX_SURROUNDINGS = 64 * 1024
const STEP = 256 * 1024

/** What an image says and what it hashes to; no key is needed for that. */
export function readImage(bytes: Bytes): McubootFact | undefined {
  const image = parseMcuboot(bytes, 0)
  if (!image) return undefined
  const { tlvs, flags, version, endian, cut, bodyLength, hashedEnd } = image
  // Without its key in a TLV nothing could decrypt it: the flag alone excuses no hash that does not match.
  const hasKey = tlvs.some(({ type }) => type >= FIRST_ENCRYPTED_KEY && type <= LAST_ENCRYPTED_KEY)
  const encrypted = (flags & FLAG_ENCRYPTED) !== 0 && hasKey
  const hashes = tlvs.flatMap((tlv) => hashOf(bytes, tlv))
  const pure = tlvs.some(
    ({ type, at, length }) => type === IS_PURE && length === 1 && bytes.view(at, 1)[0] === 1,
  )
  const number = (tlv: McubootTlv) => new Reader(bytes.view(tlv.at, 4), endian).u32()
  const counter = tlvs.find(({ type, length }) => type === COUNTER && length === 4)
  const whole = pure && !encrypted && !cut && hashedEnd <= MAX_MESSAGE
  return {
    version,
    endian,
    encrypted,
    compressed: (flags & FLAG_COMPRESSED) !== 0,
    bootable: (flags & FLAG_NOT_BOOTABLE) === 0,
    cut,
    bodyLength,
    hashes,
    digests: cut ? {} : digestsOf(bytes, hashedEnd, hashes),
    pure,
    message: whole ? Buffer.from(bytes.view(0, hashedEnd)).toString('base64') : undefined,
    surroundings: encrypted && !cut ? surroundingsOf(bytes, image) : undefined,
    signatures: signaturesOf(bytes, tlvs),
    counter: counter && { value: number(counter), protected: counter.isProtected },
    dependencies: tlvs
      .filter(({ type, length }) => type === DEPENDENCY && length === 12)
      .slice(0, MAX_LISTED)
      .map((tlv) => ({ ...dependencyOf(bytes, tlv, image), protected: tlv.isProtected })),
    tlvs: tlvs.slice(0, MAX_LISTED).map(({ type, name, isProtected, length }) => ({
      type,
      name,
      protected: isProtected,
      length,
    })),
    slot: cut ? undefined : readTrailer(bytes, image.end),
  }
}

function hashOf(bytes: Bytes, { type, at, length }: McubootTlv): readonly StatedHash[] {
  const algorithm = HASHES.get(type)
  if (!algorithm || length > MAX_VALUE) return []
  return [{ algorithm, stated: Buffer.from(bytes.view(at, length)).toString('hex'), offset: at, length }]
}

function digestsOf(
  bytes: Bytes,
  end: number,
  hashes: readonly StatedHash[],
): Readonly<Record<string, string>> {
  const names = new Set<HashAlgorithm>(['sha256', ...hashes.map(({ algorithm }) => algorithm)])
  const running = [...names].sort().map((name) => [name, createHash(name)] as const)
  forEachWindow(bytes, 0, end, STEP, 0, (window) => {
    for (const [, hash] of running) hash.update(window)
    return true
  })
  return Object.fromEntries(running.map(([name, hash]) => [name, hash.digest('hex')]))
}

/** Each signature with the key TLV before it, which counts for one signature only. */
function signaturesOf(bytes: Bytes, tlvs: readonly McubootTlv[]): readonly SignatureTlv[] {
  const signatures: SignatureTlv[] = []
  let keyHash: string | undefined
  let publicKey: string | undefined
  for (const { type, at, length } of tlvs) {
    if (length > MAX_VALUE) continue
    const value = Buffer.from(bytes.view(at, length))
    const name = SIGNATURES.get(type)
    if (type === KEY_HASH) keyHash = value.toString('hex')
    else if (type === PUBLIC_KEY) publicKey = value.toString('base64')
    else if (name) {
      signatures.push({ type: name, offset: at, length, value: value.toString('base64'), keyHash, publicKey })
      keyHash = undefined
      publicKey = undefined
    }
  }
  return signatures.slice(0, MAX_SIGNATURES)
}

function surroundingsOf(bytes: Bytes, { bodyAt, bodyLength, hashedEnd }: McubootImage) {
  const after = hashedEnd - bodyAt - bodyLength
  if (bodyAt > MAX_SURROUNDINGS || after > MAX_SURROUNDINGS) return undefined
  return {
    before: Buffer.from(bytes.view(0, bodyAt)).toString('base64'),
    after: Buffer.from(bytes.view(bodyAt + bodyLength, after)).toString('base64'),
  }
}

/** The number of another image, and the least version of it that this one runs with. */
function dependencyOf(bytes: Bytes, { at }: McubootTlv, { endian }: McubootImage) {
  const reader = new Reader(bytes.view(at, 12), endian)
  const image = reader.u8()
  reader.skip(3)
  return { image, version: `${reader.u8()}.${reader.u8()}.${reader.u16()}+${reader.u32()}` }
}
