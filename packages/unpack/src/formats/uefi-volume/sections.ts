import { type Bytes, Reader } from '@messlatte/bytes'
import { GUID_SIZE, guidText } from '../uefi-guid.ts'

/** EFI_SECTION_TYPE; UEFI PI 1.8, volume 3, 2.1.5. */
export const SECTION = {
  compression: 0x01,
  guidDefined: 0x02,
  disposable: 0x03,
  pe32: 0x10,
  te: 0x12,
  userInterface: 0x15,
  freeform: 0x18,
} as const

const HEADER = 4
const LARGE_HEADER = 8
const ALIGNMENT = 4
const COMPRESSION_HEADER = 5
const GUID_HEADER = GUID_SIZE + 4

/** A section; offsets are those of the source it lies in. */
export interface Section {
  readonly type: number
  /** Where the content begins, behind all headers, and where the section ends; the source may end before. */
  readonly at: number
  readonly end: number
  /** Of a compression section: 0 is none, 1 the standard one, 2 LZMA. */
  readonly method?: number
  /** Of GUID-defined and freeform sections, upper case. */
  readonly guid?: string
  /** Of a GUID-defined section: whether its content must be undone first. */
  readonly needsProcessing?: boolean
  /** Of a GUID-defined section: where the data of its own header lie, which end where the content begins. */
  readonly extraAt?: number
}

/** The section at `at`, or undefined for what is none. `end` bounds the sections, and lies within the source. */
export function parseSection(bytes: Bytes, at: number, end: number): Section | undefined {
  if (at + HEADER > end) return undefined
  const word = new Reader(bytes.view(at, HEADER), 'little').u32()
  const type = word >>> 24
  if (!isKnown(type)) return undefined
  const large = (word & 0xff_ffff) === 0xff_ffff
  const header = large ? LARGE_HEADER : HEADER
  if (at + header > end) return undefined
  const size = large ? new Reader(bytes.view(at + HEADER, 4), 'little').u32() : word & 0xff_ffff
  const plain = { type, at: at + header, end: at + size }
  switch (type) {
    case SECTION.compression: {
      if (size < header + COMPRESSION_HEADER || plain.at + COMPRESSION_HEADER > end) return undefined
      const method = bytes.view(plain.at, COMPRESSION_HEADER)[4] as number
      return { ...plain, at: plain.at + COMPRESSION_HEADER, method }
    }
    case SECTION.guidDefined: {
      if (size < header + GUID_HEADER || plain.at + GUID_HEADER > end) return undefined
      const reader = new Reader(bytes.view(plain.at, GUID_HEADER), 'little')
      const guid = guidText(reader.take(GUID_SIZE))
      const [dataAt, attributes] = [reader.u16(), reader.u16()]
      if (dataAt < header + GUID_HEADER || dataAt > size) return undefined
      const extraAt = plain.at + GUID_HEADER
      return {
        ...plain,
        at: Math.min(at + dataAt, end),
        guid,
        needsProcessing: (attributes & 1) !== 0,
        extraAt,
      }
    }
    case SECTION.freeform: {
      if (size < header + GUID_SIZE || plain.at + GUID_SIZE > end) return undefined
      return { ...plain, at: plain.at + GUID_SIZE, guid: guidText(bytes.view(plain.at, GUID_SIZE)) }
    }
    default:
      return size < header ? undefined : plain
  }
}

/** Types of the specification, and those in which Phoenix and Insyde keep codes of their own. */
function isKnown(type: number): boolean {
  return (type >= 0x01 && type <= 0x03) || (type >= 0x10 && type <= 0x1c) || type === 0x20 || type === 0xf0
}

/** Where the section behind one begins; sections are aligned to the first of them, at `start`. */
export function behindSection({ end }: Section, start: number): number {
  return start + Math.ceil((end - start) / ALIGNMENT) * ALIGNMENT
}
