import { type Bytes, type Endian, Reader } from '@messlatte/bytes'

/** The signature 0x00ff7eeb and the version 1, in both byte orders. */
export const MAGICS = ['\xeb\x7e\xff\0\x01\0', '\0\xff\x7e\xeb\0\x01'] as const
/** Bytes, of all versions that are known. */
export const HEADER = 256
const BIG_ENDIAN = 0x02
const KNOWN_FLAGS = 0x1f
const COMPRESSION_SHIFT = 2
const COMPRESSION_BITS = 7

/** As numbered in the flags; the others are not described anywhere. */
const COMPRESSIONS = ['none', 'gzip', 'lzo', 'ucl'] as const

export type Compression = (typeof COMPRESSIONS)[number]

export interface StartupHeader {
  readonly compression: Compression | undefined
  /** Bytes of this header and the program behind it, and of the whole image as it is stored. */
  readonly startupSize: number
  readonly storedSize: number
  /** Bytes of the image file system when it is unpacked. */
  readonly imageSize: number
}

/** Source: QNX, sys/startup.h, struct startup_header. @throws BytesError */
export function readStartupHeader(bytes: Bytes, at: number): StartupHeader | undefined {
  const head = bytes.view(at, HEADER)
  const endian: Endian = head[0] === 0xeb ? 'little' : 'big'
  const reader = new Reader(head, endian)
  const [signature, version, flags, unused, headerSize] = [
    reader.u32(),
    reader.u16(),
    reader.u8(),
    reader.u8(),
    reader.u16(),
  ]
  // The machine and five addresses.
  reader.skip(2 + 5 * 4)
  const [startupSize, storedSize] = [reader.u32(), reader.u32()]
  reader.skip(4)
  const imageSize = reader.u32()
  reader.skip(2)
  const zeros = reader.take(2 + 3 * 4)
  const holds =
    signature === 0x00ff7eeb &&
    version === 1 &&
    unused === 0 &&
    headerSize === HEADER &&
    (flags & ~KNOWN_FLAGS) === 0 &&
    ((flags & BIG_ENDIAN) !== 0) === (endian === 'big') &&
    startupSize > HEADER &&
    startupSize < storedSize &&
    zeros.every((byte) => byte === 0)
  return holds
    ? {
        compression: COMPRESSIONS[(flags >> COMPRESSION_SHIFT) & COMPRESSION_BITS],
        startupSize,
        storedSize,
        imageSize,
      }
    : undefined
}
