import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** What a PE header says about the file: it is in front of kernels that UEFI starts. Offsets are of the source. */
export interface PeBounds {
  /** Behind the last byte of the sections. */
  readonly end: number
  /** The table of certificates that signing appends. */
  readonly certificates: Stored | undefined
}

const COFF = 24
const PE32 = 0x10b
const PE32_PLUS = 0x20b
const SECTION = 40
const MAX_SECTIONS = 96
/** Index of the directory of certificates, whose place is an offset in the file. */
const CERTIFICATES = 4

/** PE/COFF specification, sections 3.3 to 4: little endian. Undefined where none stands. */
export function parsePeBounds(bytes: Bytes, at: number): PeBounds | undefined {
  if (at + 64 > bytes.size || latin1(bytes.view(at, 2)) !== 'MZ') return undefined
  const pe = at + new Reader(bytes.view(at + 60, 4), 'little').u32()
  if (pe + COFF + 2 > bytes.size || latin1(bytes.view(pe, 4)) !== 'PE\0\0') return undefined
  const coff = new Reader(bytes.view(pe, COFF), 'little', 6)
  const sections = coff.u16()
  coff.skip(12)
  const optional = coff.u16()
  const tableAt = pe + COFF + optional
  if (sections === 0 || sections > MAX_SECTIONS || tableAt + sections * SECTION > bytes.size) return undefined
  const table = new Reader(bytes.view(tableAt, sections * SECTION), 'little')
  let end = 0
  for (let index = 0; index < sections; index++) {
    table.skip(16)
    const size = table.u32()
    end = Math.max(end, table.u32() + size)
    table.skip(16)
  }
  return { end: at + end, certificates: certificatesOf(bytes.view(pe + COFF, optional), at) }
}

function certificatesOf(header: Uint8Array, at: number): Stored | undefined {
  const magic = header.length >= 2 ? new Reader(header, 'little').u16() : 0
  if (magic !== PE32 && magic !== PE32_PLUS) return undefined
  const directory = (magic === PE32 ? 96 : 112) + CERTIFICATES * 8
  if (directory + 8 > header.length) return undefined
  const reader = new Reader(header, 'little', directory)
  const [offset, length] = [reader.u32(), reader.u32()]
  return offset > 0 && length > 0 ? { at: at + offset, length } : undefined
}
