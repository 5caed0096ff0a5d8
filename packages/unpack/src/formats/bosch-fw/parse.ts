import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '\x10\x12\x20\x03'
export const HEADER = 0x400
/** A target that stands for: what follows has headers of its own. */
const NESTED = 0x10
const MOST_SECTIONS = 64
const SIGNATURE = { at: 76, length: 256 } as const
const KEY = { at: 588, length: 256 } as const

/** BoschFirmwareTool, CLI/FirmwareHeader.cs and BoschFirmware.cs: big endian. */
export interface BoschFw {
  readonly sections: readonly BoschSection[]
  readonly end: number
}

export interface BoschSection extends Stored {
  /** Which cameras it is for. */
  readonly target: number
  /** Whether it is one file instead of several. */
  readonly single: boolean
  readonly signature: Stored
  /** The key for it, encrypted; undefined where it is only masked. */
  readonly key?: Uint8Array
}

interface Header {
  readonly target: number
  readonly length: number
  readonly type: number
  readonly key: Uint8Array
}

/** The update at `at`, or undefined: sections follow each other, or there is one. */
export function parseBoschFw(bytes: Bytes, at: number): BoschFw | undefined {
  const root = headerAt(bytes, at)
  if (!root) return undefined
  if (root.target !== NESTED) return { sections: [sectionOf(root, at)], end: at + HEADER + root.length }
  const sections: BoschSection[] = []
  let place = at + HEADER
  while (sections.length < MOST_SECTIONS) {
    const header = headerAt(bytes, place)
    if (!header || header.target === NESTED) break
    sections.push(sectionOf(header, place))
    place += HEADER + header.length
  }
  return sections.length === 0 ? undefined : { sections, end: place }
}

function headerAt(bytes: Bytes, at: number): Header | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const target = reader.u32()
  reader.skip(8)
  const length = reader.u32()
  reader.skip(8)
  const type = reader.u32()
  if (type > 0xff || (target !== NESTED && length === 0)) return undefined
  return { target, length, type, key: Uint8Array.from(header.subarray(KEY.at, KEY.at + KEY.length)) }
}

function sectionOf({ target, length, type, key }: Header, at: number): BoschSection {
  const section = {
    target,
    single: type === 1,
    at: at + HEADER,
    length,
    signature: { at: at + SIGNATURE.at, length: SIGNATURE.length },
  }
  return key.some((byte) => byte !== 0) ? { ...section, key } : section
}
