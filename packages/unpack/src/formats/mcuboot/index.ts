import { createHash, type Hash } from 'node:crypto'
import { type Bytes, forEachWindow, memoryBytes, Reader, sliceBytes } from '@messlatte/bytes'
import {
  type ContainerFormat,
  FormatError,
  type KeyMaterial,
  type Region,
  type Sink,
} from '../../contract.ts'
import { jsonText, program, type Stored, showText, whatIsThere, wrapped } from '../members.ts'
import { unpackBody } from './compressed.ts'
import { decryptBody, unwrapKey } from './decrypt.ts'
import {
  FLAG_AES128,
  FLAG_AES256,
  FLAG_LZMA2,
  findSlotEnd,
  MAGICS,
  type McubootImage,
  type McubootTlv,
  parseMcuboot,
} from './parse.ts'

/** What is to be read: nothing but which key fits, because keys do not travel. */
interface McubootPlan {
  readonly key: number | undefined
  /** The bytes are in the clear: not encrypted, or read out of the slot into which the boot loader decrypted them. */
  readonly clear: boolean
}

const SUMMARY = 'image.json'
const BODY = 'body'
const PACKED_BODY = 'body.lzma2'
/** Type of a TLV. */
const DECOMPRESSED_SIZE = 0x70
const WINDOW = 256 * 1024
/** TLVs by their type: the hashes of the image. */
const HASHES: ReadonlyMap<number, string> = new Map([
  [0x10, 'sha256'],
  [0x11, 'sha384'],
  [0x12, 'sha512'],
])

export const mcuboot: ContainerFormat<McubootPlan> = {
  kind: 'container',
  name: 'mcuboot',
  title: 'MCUboot image',
  references: [
    'MCUboot documentation, Bootloader design, Image format',
    'MCUboot documentation, Encrypted images',
    'imgtool 2.5.0 (MCUboot, scripts/imgtool), compression of bodies',
    'MCUboot, boot/bootutil/include/bootutil/image.h',
  ],
  limits: [
    'signatures are listed, not verified',
    'bodies that are compressed with LZMA of the first kind, which imgtool does not write, are shown as they are stored',
    'images of version 1 (before 2018) are not read',
  ],
  magic: MAGICS.map(({ bytes }) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseMcuboot(bytes, at)
    if (!image) return undefined
    const slotEnd = image.cut ? undefined : findSlotEnd(bytes, at, image.end)
    return { start: at, end: slotEnd ?? image.end }
  },

  *open(bytes, region, problem, keys) {
    const image = parseMcuboot(bytes, region.start) as McubootImage
    if (image.cut) problem('truncated', 'the image ends before its hash', SUMMARY)
    const clear = !isEncrypted(image) || (!image.cut && hasHash(image) && hashMatches(bytes, region, image))
    const key = clear || image.cut ? undefined : findKey(bytes, image, keys)
    const isReadable = clear || key !== undefined
    if (!isReadable) problem('unsupported', 'it is encrypted, and no key fits', BODY)
    if (isReadable && !image.cut && !hashMatches(bytes, region, image, keys[key ?? -1]))
      problem('checksum', 'the hash of the image differs')
    yield { cost: image.bodyLength, entries: 3, plan: { key, clear } }
  },

  read(bytes, region, plan, sink) {
    const image = parseMcuboot(bytes, region.start) as McubootImage
    showText(SUMMARY, jsonText(describe(bytes, region, image)), sink)
    showBody(bytes, image, plan, sink)
    if (region.end > image.end) sink.slice(wrapped('slot-trailer'), ...trailerOf(bytes, image, region))
  },
}

function isEncrypted({ flags }: McubootImage): boolean {
  return (flags & (FLAG_AES128 | FLAG_AES256)) !== 0
}

function findKey(bytes: Bytes, image: McubootImage, keys: readonly KeyMaterial[]): number | undefined {
  const index = keys.findIndex((key) => unwrapKey(bytes, image, key) !== undefined)
  return index < 0 ? undefined : index
}

function hashOf({ tlvs }: McubootImage): McubootTlv | undefined {
  return tlvs.find(({ type }) => HASHES.has(type))
}

function hasHash(image: McubootImage): boolean {
  return hashOf(image) !== undefined
}

/** The hash is one of the image in the clear: header, body, protected TLVs. Without a hash there is nothing to compare. */
function hashMatches(bytes: Bytes, { start }: Region, image: McubootImage, key?: KeyMaterial): boolean {
  const tlv = hashOf(image)
  if (!tlv) return true
  const hash = createHash(HASHES.get(tlv.type) as string)
  const bodyEnd = image.bodyAt + image.bodyLength
  const plainKey = key && unwrapKey(bytes, image, key)
  if (plainKey) {
    addStretch(hash, bytes, start, image.bodyAt)
    decryptBody(bytes, image, plainKey, (piece) => hash.update(piece))
    addStretch(hash, bytes, bodyEnd, image.hashedEnd)
  } else addStretch(hash, bytes, start, image.hashedEnd)
  return hash.digest().equals(bytes.view(tlv.at, tlv.length))
}

function addStretch(hash: Hash, bytes: Bytes, from: number, to: number): void {
  forEachWindow(bytes, from, to, WINDOW, 0, (window) => {
    hash.update(window)
    return true
  })
}

function showBody(bytes: Bytes, image: McubootImage, plan: McubootPlan, sink: Sink): void {
  const { bodyAt, bodyLength } = image
  const decrypt = plan.key === undefined ? undefined : decryptor(bytes, image, sink.keys[plan.key])
  const isPacked = (image.flags & FLAG_LZMA2) !== 0 && (decrypt !== undefined || plan.clear)
  const whole = bodyAt + bodyLength <= bytes.size
  if (!whole) sink.problem('truncated', 'the image ends within its body', isPacked ? PACKED_BODY : BODY)
  const stored = whole ? { at: bodyAt, length: bodyLength } : whatIsThere(bytes, bodyAt)
  if (isPacked) showPacked(bytes, image, stored, decrypt, sink)
  else if (decrypt) sink.file(program(BODY), stored.length, decrypt)
  else sink.slice(program(BODY), stored.at, stored.length)
}

type Decrypt = (out: Uint8Array) => void

function decryptor(bytes: Bytes, image: McubootImage, material: KeyMaterial | undefined): Decrypt {
  return (out) => {
    const key = material && unwrapKey(bytes, image, material)
    if (!key) throw new FormatError('unsupported', 'its key is not there')
    decryptBody(bytes, image, key, (piece, from) => out.set(piece, from))
  }
}

/** As it is compressed, which is what the hash covers, and unpacked. */
function showPacked(
  bytes: Bytes,
  image: McubootImage,
  { at, length }: Stored,
  decrypt: Decrypt | undefined,
  sink: Sink,
): void {
  let packed = sliceBytes(bytes, at, length)
  if (decrypt) {
    const plain = Buffer.alloc(length)
    decrypt(plain)
    packed = memoryBytes(plain)
    sink.file(wrapped(PACKED_BODY), length, (out) => out.set(plain))
  } else sink.slice(wrapped(PACKED_BODY), at, length)
  const told = image.tlvs.find(({ type }) => type === DECOMPRESSED_SIZE)
  const expected = told?.length === 4 ? new Reader(bytes.view(told.at, 4), image.endian).u32() : undefined
  sink.stream(program(BODY), (write) => unpackBody(packed, image.flags, expected, write))
}

/** The sector in which the swap of slots is recorded. */
function trailerOf(bytes: Bytes, image: McubootImage, { start, end }: Region): readonly [number, number] {
  const sector = start + Math.floor((end - 1 - start) / 4096) * 4096
  const from = Math.max(image.end, sector)
  return [from, Math.min(end, bytes.size) - from]
}

function describe(bytes: Bytes, region: Region, image: McubootImage): object {
  const { endian, loadAddress, flags, version, bodyLength, tlvs } = image
  return {
    version,
    endian,
    loadAddress,
    flags,
    encrypted: isEncrypted(image),
    bodyLength,
    tlvs: tlvs.map(({ type, name, isProtected, at, length }) => ({
      type,
      name,
      protected: isProtected,
      value: Buffer.from(bytes.view(at, length)).toString('hex'),
    })),
    slotSize: region.end > image.end ? region.end - region.start : undefined,
  }
}
