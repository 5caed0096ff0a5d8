import { crc32 } from 'node:zlib'
import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** Of Ubiquiti's own images, of OpenWrt's, and of older ones. */
export const MAGICS = ['UBNT', 'OPEN', 'GEOS'] as const
const HEADER = 268
const CRC_AT = 260
const PART = 56
/** Behind a part: its CRC, and four bytes that are zero. */
const PART_END = 8
const CLEAR_END = 12
const SIGNED_END = 264
const MOST_PARTS = 64

export interface UbntPart {
  readonly name: string
  readonly content: Stored
  /** From the part's header to its CRC. */
  readonly summed: Stored
}

export interface UbntImage {
  readonly version: string
  readonly parts: readonly UbntPart[]
  /** CRC-32 of all before it, or an RSA signature. */
  readonly seal: (Stored & { readonly kind: 'crc' | 'signature' }) | undefined
  readonly end: number
}

/** The image at `at` (big endian), or undefined: without the checksum of its header it is none. */
export function parseUbnt(bytes: Bytes, at: number): UbntImage | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const magic = latin1(header.subarray(0, 4))
  if (!MAGICS.some((one) => one === magic)) return undefined
  if (crc32(header.subarray(0, CRC_AT)) !== new Reader(header, 'big', CRC_AT).u32()) return undefined
  const parts: UbntPart[] = []
  let next = at + HEADER
  for (let part = partAt(bytes, next); part && parts.length < MOST_PARTS; part = partAt(bytes, next)) {
    parts.push(part)
    next = part.content.at + part.content.length + PART_END
  }
  const seal = sealAt(bytes, next)
  return {
    version: cString(header.subarray(4, CRC_AT)),
    parts,
    seal,
    end: seal ? seal.at + seal.length : next,
  }
}

function partAt(bytes: Bytes, at: number): UbntPart | undefined {
  if (at + PART > bytes.size) return undefined
  const view = bytes.view(at, PART)
  if (latin1(view.subarray(0, 4)) !== 'PART') return undefined
  const length = new Reader(view, 'big', 48).u32()
  return {
    name: cString(view.subarray(4, 20)),
    content: { at: at + PART, length },
    summed: { at, length: PART + length },
  }
}

function sealAt(bytes: Bytes, at: number): UbntImage['seal'] {
  const magic = at + 4 <= bytes.size ? latin1(bytes.view(at, 4)) : ''
  if (magic === 'END.') return { kind: 'crc', at, length: CLEAR_END }
  return magic === 'ENDS' ? { kind: 'signature', at, length: SIGNED_END } : undefined
}
