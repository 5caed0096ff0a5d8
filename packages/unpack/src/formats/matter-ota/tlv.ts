import { BytesError, Reader } from '@messlatte/bytes'

/** What a Matter TLV element may hold here. */
export type TlvValue = bigint | boolean | Uint8Array | null

const END = 0x18
const STRUCTURE = 0x15
/** Bytes of a tag, by the upper three bits of the control byte. */
const TAG_BYTES = [0, 1, 2, 4, 2, 4, 6, 8] as const
const CONTEXT = 1

/**
 * The members of an anonymous structure, by their context tags: Matter Core Specification, appendix A. Undefined for anything
 * that is not one flat structure.
 */
export function flatStructure(view: Uint8Array): ReadonlyMap<number, TlvValue> | undefined {
  const reader = new Reader(view, 'little')
  const members = new Map<number, TlvValue>()
  try {
    if (reader.u8() !== STRUCTURE) return undefined
    for (let control = reader.u8(); control !== END; control = reader.u8()) {
      const form = control >>> 5
      const tag = reader.take(TAG_BYTES[form] as number)
      const value = readValue(reader, control & 0x1f)
      if (value === undefined) return undefined
      if (form === CONTEXT) members.set(tag[0] as number, value)
    }
  } catch (error) {
    if (error instanceof BytesError) return undefined
    throw error
  }
  return members
}

function readValue(reader: Reader, type: number): TlvValue | undefined {
  if (type <= 0x07) return readInteger(reader, 1 << (type & 3), type < 4)
  if (type === 0x08 || type === 0x09) return type === 0x09
  if (type === 0x14) return null
  // Texts and byte strings, with lengths of 1, 2, 4 or 8 bytes.
  if (type >= 0x0c && type <= 0x13) return reader.take(Number(readInteger(reader, 1 << (type & 3), false)))
  return undefined
}

function readInteger(reader: Reader, width: number, signed: boolean): bigint {
  let value = 0n
  for (const [index, byte] of reader.take(width).entries()) value |= BigInt(byte) << BigInt(8 * index)
  return signed ? BigInt.asIntN(8 * width, value) : value
}
