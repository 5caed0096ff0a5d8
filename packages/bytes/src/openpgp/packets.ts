import { BytesError } from '../bytes.ts'
import { Reader } from '../reader.ts'

export interface Packet {
  readonly tag: number
  readonly body: Uint8Array
}

const MOST_PACKETS = 2000

/** The packets of a binary message, as far as they can be read; RFC 9580, section 4.2. Partial lengths end it. */
export function packetsOf(bytes: Uint8Array): readonly Packet[] {
  const packets: Packet[] = []
  const reader = new Reader(bytes, 'big')
  try {
    while (reader.left > 0 && packets.length < MOST_PACKETS) {
      const first = reader.u8()
      if (first < 0x80) break
      const isNew = (first & 0x40) !== 0
      const length = isNew ? newLength(reader) : oldLength(reader, first & 3)
      if (length === undefined || length > reader.left) break
      packets.push({ tag: isNew ? first & 0x3f : (first >> 2) & 0xf, body: reader.take(length) })
    }
  } catch (error) {
    if (!(error instanceof BytesError)) throw error
  }
  return packets
}

function oldLength(reader: Reader, kind: number): number | undefined {
  return [() => reader.u8(), () => reader.u16(), () => reader.u32(), () => reader.left][kind]?.()
}

/** Of packets, and of subpackets, which have no partial lengths. */
export function newLength(reader: Reader): number | undefined {
  const first = reader.u8()
  if (first < 192) return first
  if (first < 224) return (first - 192) * 256 + reader.u8() + 192
  return first === 255 ? reader.u32() : undefined
}

/** A number with its length in bits before it: big endian, without leading zeros. */
export function mpi(reader: Reader): Uint8Array {
  return reader.take((reader.u16() + 7) >> 3)
}
