import { DecodeError } from './stream-end.ts'

/** Largest window that is allocated, in bytes. */
const MOST_WINDOW = 128 * 1024 * 1024
const SINGLE_SEGMENT = 0x20
const RESERVED = 0x08
const CHECKED = 0x04

/** A frame header (RFC 8878, section 3.1.1.1). All sizes in bytes. */
export interface ZstdFrame {
  readonly headerSize: number
  readonly window: number
  /** Infinity where it is not stated. */
  readonly contentSize: number
  readonly checked: boolean
}

export function isFrame(bytes: Uint8Array): boolean {
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd
}

/** @param bytes from the magic on, at least 18 where there are so many @throws DecodeError */
export function readFrameHeader(bytes: Uint8Array): ZstdFrame {
  const cutOff = () => new DecodeError('truncated', 'zstd: the frame header is cut off')
  const descriptor = bytes[4]
  if (descriptor === undefined) throw cutOff()
  if (descriptor & RESERVED) throw new DecodeError('unsupported', 'zstd: an unknown frame flag')
  const single = (descriptor & SINGLE_SEGMENT) !== 0
  const dictionaryAt = single ? 5 : 6
  const sizeAt = dictionaryAt + ([0, 1, 2, 4][descriptor & 3] as number)
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >>> 6] as number
  const headerSize = sizeAt + sizeBytes
  if (headerSize > bytes.length) throw cutOff()
  if (bytes.subarray(dictionaryAt, sizeAt).some((byte) => byte !== 0)) {
    throw new DecodeError('unsupported', 'zstd: a frame needs a dictionary')
  }
  const contentSize = readContentSize(bytes, sizeAt, sizeBytes)
  const window = single ? contentSize : windowSize(bytes[5] as number)
  const wanted = Math.min(window, contentSize)
  if (wanted > MOST_WINDOW)
    throw new DecodeError('unsupported', `zstd: a window of ${wanted} bytes is over ${MOST_WINDOW}`)
  return { headerSize, window, contentSize, checked: (descriptor & CHECKED) !== 0 }
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >>> 3))
  return base + (base / 8) * (descriptor & 7)
}

function readContentSize(bytes: Uint8Array, at: number, size: number): number {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  switch (size) {
    case 1:
      return data.getUint8(at)
    case 2:
      return data.getUint16(at, true) + 256
    case 4:
      return data.getUint32(at, true)
    case 8:
      return Number(data.getBigUint64(at, true))
    default:
      return Number.POSITIVE_INFINITY
  }
}
