import { crc32 } from 'node:zlib'
import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'SOBJ'
const HEADER = 64
/** Where what the CRC-32 of the header covers begins. */
const SUMMED_FROM = 8
const CRC_AT = 0x34
const VERSION = 0x01000000
const MOST_OBJECTS = 256

/** FACT extractor, broadcom_sao.py and its sample: big endian. */
export interface SaoObject extends Stored {
  /** Four characters: DTBB, KRNL, RTFS. */
  readonly name: string
  /** CRC-32 of the content. */
  readonly crc: number
  readonly headerFits: boolean
}

/** The objects at `at`, one behind the other, or undefined for what is none. */
export function parseBroadcomSao(bytes: Bytes, at: number): readonly SaoObject[] | undefined {
  const objects: SaoObject[] = []
  let place = at
  while (objects.length < MOST_OBJECTS) {
    const object = objectAt(bytes, place)
    if (!object) break
    objects.push(object)
    place = object.at + object.length
  }
  return objects.length === 0 ? undefined : objects
}

function objectAt(bytes: Bytes, at: number): SaoObject | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const headerCrc = reader.u32()
  const name = reader.latin1(4)
  const [version, length] = [reader.u32(), reader.u32()]
  if (version !== VERSION || length === 0 || !/^[A-Z0-9_]{4}$/.test(name)) return undefined
  const crc = new Reader(header, 'big', CRC_AT).u32()
  return { name, at: at + HEADER, length, crc, headerFits: crc32(header.subarray(SUMMED_FROM)) === headerCrc }
}
