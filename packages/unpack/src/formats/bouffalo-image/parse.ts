import { crc32 } from 'node:zlib'
import { type Bytes, Reader } from '@messlatte/bytes'

export const MAGIC = 'BFNP'
/** Of the stretch about the flash, at byte 8. */
const FLASH_MAGIC = 'FCFG'
const FLASH_AT = 8
/** Between its magic and its CRC. */
const FLASH_BYTES = 84
/** Of the stretch about clocks, which follows. */
const CLOCK_MAGIC = 'PCFG'
const CLOCK_AT = 100
/** Bytes of the largest header. */
const LARGEST = 352
const FLAG_SIGN = 3
const FLAG_ENCRYPT = 12
const FLAG_CRC_IGNORED = 1 << 16
const FLAG_HASH_IGNORED = 1 << 17
const MOST_OFFSET = 1024 * 1024
/** Flash of these chips has less. */
const MOST_LENGTH = 64 * 1024 * 1024

/** What differs between families of chips: all numbers are bytes. */
interface Family {
  /** Between the magic of the clocks and their CRC. */
  readonly clockBytes: number
  /** Headers of its chips. */
  readonly headers: readonly number[]
  /** Behind the flags. */
  readonly lengthAt: number
  readonly offsetAt: number
}

/** BL602 and BL702, BL702L; BL616 and BL618; BL606P and BL808. */
const FAMILIES: readonly Family[] = [
  { clockBytes: 8, headers: [176, 240], lengthAt: 4, offsetAt: 12 },
  { clockBytes: 12, headers: [256], lengthAt: 12, offsetAt: 4 },
  { clockBytes: 20, headers: [LARGEST], lengthAt: 12, offsetAt: 4 },
]
const HASH_AT = 16
const HASH_BYTES = 32

/** Little endian; sources are those of `bouffaloImage`. */
export interface BouffaloImage {
  readonly headerBytes: number
  /** Undefined where the header says that nobody compares it. */
  readonly crcHolds: boolean | undefined
  readonly signed: boolean
  readonly encrypted: boolean
  /** Of the image, from the start of the header. */
  readonly imageAt: number
  readonly imageBytes: number
  /** SHA-256 of the image, behind what decrypts it; undefined where the header says that nobody compares it. */
  readonly hash: Uint8Array | undefined
}

/** The header at `at`, or undefined: the CRCs of what it says about flash and clocks have to hold. */
export function parseBouffaloImage(bytes: Bytes, at: number): BouffaloImage | undefined {
  const header = bytes.view(at, Math.min(LARGEST, bytes.size - at))
  if (header.length < LARGEST) return undefined
  const reader = new Reader(header, 'little')
  if (reader.latin1(4) !== MAGIC) return undefined
  if (!stretchHolds(header, FLASH_AT, FLASH_MAGIC, FLASH_BYTES)) return undefined
  const family = FAMILIES.find(({ clockBytes }) => stretchHolds(header, CLOCK_AT, CLOCK_MAGIC, clockBytes))
  return family && fieldsOf(header, CLOCK_AT + 4 + family.clockBytes + 4, family)
}

function fieldsOf(header: Uint8Array, flagsAt: number, family: Family): BouffaloImage | undefined {
  const word = (place: number) => new Reader(header, 'little', place).u32()
  const flags = word(flagsAt)
  const [imageAt, imageBytes] = [word(flagsAt + family.offsetAt), word(flagsAt + family.lengthAt)]
  const whole = family.headers.find((length) => crc32(header.subarray(0, length - 4)) === word(length - 4))
  const headerBytes = whole ?? (family.headers[0] as number)
  if (imageAt < headerBytes || imageAt > MOST_OFFSET || imageBytes === 0 || imageBytes > MOST_LENGTH)
    return undefined
  const hashAt = flagsAt + HASH_AT
  return {
    headerBytes,
    crcHolds: flags & FLAG_CRC_IGNORED ? undefined : whole !== undefined,
    signed: (flags & FLAG_SIGN) !== 0,
    encrypted: (flags & FLAG_ENCRYPT) !== 0,
    imageAt,
    imageBytes,
    hash: flags & FLAG_HASH_IGNORED ? undefined : header.slice(hashAt, hashAt + HASH_BYTES),
  }
}

/** A magic, and behind so many bytes their CRC-32. */
function stretchHolds(header: Uint8Array, at: number, magic: string, length: number): boolean {
  const reader = new Reader(header, 'little', at)
  if (reader.latin1(4) !== magic) return false
  return crc32(reader.take(length)) === reader.u32()
}

/** Where the parts of a signature, and what decrypts, lie behind a header; each one has a CRC-32 behind it. */
export interface Security {
  readonly name: 'public-key' | 'signature' | 'iv'
  /** From the start of the header. */
  readonly at: number
  /** Bytes, without the CRC. */
  readonly length: number
}

const POINT = 64
const LENGTH = 4
const IV = 16
const CRC = 4
/** Bytes in front of the image that its hash covers where it is encrypted: the IV with its CRC. */
export const IV_BLOCK = IV + CRC

/** In their order; what its CRC does not confirm is none, and ends them. */
export function securityOf(bytes: Bytes, at: number, image: BouffaloImage): readonly Security[] {
  const found: Security[] = []
  let place = image.headerBytes
  const take = (name: Security['name'], before: number, length: number): boolean => {
    const whole = before + length
    if (place + whole + CRC > image.imageAt || at + place + whole + CRC > bytes.size) return false
    const crc = new Reader(bytes.view(at + place + whole, CRC), 'little').u32()
    if (crc32(bytes.view(at + place, whole)) !== crc) return false
    found.push({ name, at: place + before, length })
    place += whole + CRC
    return true
  }
  const signed = !image.signed || (take('public-key', 0, POINT) && take('signature', LENGTH, POINT))
  if (signed && image.encrypted) take('iv', 0, IV)
  return found
}
