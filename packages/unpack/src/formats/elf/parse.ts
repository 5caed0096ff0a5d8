import { type Bytes, BytesError, cString, type Endian, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'

/** System V ABI, Tool Interface Standard ELF 1.2, and the generic ABI's chapter 4 for 64 bits. */
export interface Elf {
  readonly bytes: Bytes
  /** Where the file begins in the source; all other offsets count from there. */
  readonly at: number
  readonly bits: 32 | 64
  readonly endian: Endian
  readonly abi: number
  /** 1 relocatable, 2 executable, 3 shared object or position-independent executable, 4 core. */
  readonly type: number
  /** 3 i386, 8 MIPS, 20 PowerPC, 40 ARM, 62 x86-64, 183 AArch64, 243 RISC-V. */
  readonly machine: number
  readonly entry: number
  readonly flags: number
  readonly sections: readonly ElfSection[]
  readonly segments: readonly ElfSegment[]
  /** Bytes from the start to behind the last header, section or segment; more than there are when `cut`. */
  readonly size: number
  /** The bytes end before the file does. */
  readonly cut: boolean
}

export interface ElfSection {
  /** Byte string; empty when the table of names is damaged. */
  readonly name: string
  readonly type: number
  readonly flags: number
  readonly address: number
  readonly offset: number
  /** Bytes; of type NOBITS none of them lie in the file. */
  readonly size: number
  readonly link: number
  readonly info: number
  readonly entrySize: number
}

export interface ElfSegment {
  readonly type: number
  /** 1 execute, 2 write, 4 read. */
  readonly flags: number
  readonly offset: number
  readonly address: number
  readonly fileSize: number
  readonly memorySize: number
}

export const SECTION = {
  symbols: 2,
  strings: 3,
  dynamic: 6,
  note: 7,
  nothing: 8,
  dynamicSymbols: 11,
} as const
export const SEGMENT = {
  load: 1,
  dynamic: 2,
  interpreter: 3,
  note: 4,
  stack: 0x6474e551,
  relro: 0x6474e552,
} as const

const IDENT = 16
/** Bytes of an identification up to behind the mark of AppImage. */
const APPIMAGE_END = 11
const EXTENDED_SEGMENTS = 0xffff
const EXTENDED_NAMES = 0xffff
const MAX_NAME = 512
/** Bytes: 65,536 sections of 64 bits. */
const MAX_TABLE = 4 * 1024 * 1024

interface Layout {
  readonly header: number
  readonly section: number
  readonly segment: number
}

const LAYOUTS: Readonly<Record<Elf['bits'], Layout>> = {
  32: { header: 52, section: 40, segment: 32 },
  64: { header: 64, section: 64, segment: 56 },
}

/**
 * Reads header, sections and segments. A file that is cut off has lost its sections, whose table comes last. Addresses and
 * offsets beyond 2^53 become Infinity.
 * @throws FormatError `structure` for what is no ELF file
 */
export function parseElf(bytes: Bytes, at = 0): Elf {
  return whole(() => {
    const { namesIndex, sectionsAt: _, ...elf } = readElf(bytes, at)
    return { ...elf, sections: named(elf, elf.sections, namesIndex) }
  })
}

/**
 * The size that `parseElf` tells, without the names of sections: they are most of its work, and most files are only passed
 * over.
 * @throws FormatError `structure` for what is no ELF file
 */
export function sizeOfElf(bytes: Bytes, at: number): number {
  return whole(() => readElf(bytes, at).size)
}

/** In the flags of segments: of Qualcomm, whose files `.mdt` keep the headers of segments that are files of their own. */
const QUALCOMM = 0x0700_0000

/** The size that the headers of a file tell whose end is not there; undefined for one that is whole. */
export function sizeWhereCut(bytes: Bytes, at: number): number | undefined {
  const { cut, size, segments, sectionsAt } = whole(() => readElf(bytes, at))
  if (!cut || !Number.isFinite(size)) return undefined
  return sectionsAt === 0 && segments.some(({ flags }) => (flags & QUALCOMM) !== 0) ? undefined : size
}

function whole<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof BytesError) throw new FormatError('structure', 'the ELF header is cut off', error)
    throw error
  }
}

interface NamelessElf extends Omit<Elf, 'sections'> {
  readonly sections: readonly BareSection[]
  /** Of the section that holds their names. */
  readonly namesIndex: number
  /** Where their table is said to be; 0 where there is none. */
  readonly sectionsAt: number
}

/** AppImage writes its mark over what the ABI leaves zero: `AI`, and 1 for an ISO 9660 image, 2 for a file system behind it. */
function isAppImage(ident: Uint8Array): boolean {
  return ident[8] === 0x41 && ident[9] === 0x49 && (ident[10] === 1 || ident[10] === 2)
}

function readElf(bytes: Bytes, at: number): NamelessElf {
  const ident = bytes.view(at, IDENT)
  const bits = ident[4] === 1 ? 32 : ident[4] === 2 ? 64 : undefined
  const endian = ident[5] === 1 ? 'little' : ident[5] === 2 ? 'big' : undefined
  const magic = ident[0] === 0x7f && ident[1] === 0x45 && ident[2] === 0x4c && ident[3] === 0x46
  const zeros = ident.subarray(isAppImage(ident) ? APPIMAGE_END : 9)
  if (!magic || !bits || !endian || ident[6] !== 1 || zeros.some((byte) => byte !== 0)) {
    throw new FormatError('structure', 'no ELF file begins here')
  }
  const layout = LAYOUTS[bits]
  const is64 = bits === 64
  const reader = new Reader(bytes.view(at, layout.header), endian, IDENT)
  const type = reader.u16()
  const machine = reader.u16()
  const version = reader.u32()
  const entry = wordOf(reader, is64)
  const segmentsAt = wordOf(reader, is64)
  const sectionsAt = wordOf(reader, is64)
  const flags = reader.u32()
  const headerSize = reader.u16()
  const segmentSize = reader.u16()
  const segmentCount = reader.u16()
  const sectionSize = reader.u16()
  const sectionCount = reader.u16()
  const namesIndex = reader.u16()
  const wrong =
    version !== 1 ||
    machine === 0 ||
    type === 0 ||
    (type > 4 && type < 0xfe00) ||
    headerSize !== layout.header ||
    (segmentsAt !== 0 && segmentCount !== 0 && segmentSize !== layout.segment) ||
    (sectionsAt !== 0 && sectionSize !== layout.section)
  if (wrong) throw new FormatError('structure', 'the ELF header contradicts itself')

  const table: Table = { bytes, at, bits, endian }
  const first = sectionsAt === 0 ? undefined : readSections(table, sectionsAt, 1)?.[0]
  const sectionTotal = sectionsAt === 0 ? 0 : sectionCount || (first?.size ?? 0)
  const segmentTotal =
    segmentsAt === 0 ? 0 : segmentCount === EXTENDED_SEGMENTS ? (first?.info ?? 0) : segmentCount
  const bare = readSections(table, sectionsAt, sectionTotal)
  const segments = readSegments(table, segmentsAt, segmentTotal)
  if (sectionTotal === 0 && segmentTotal === 0)
    throw new FormatError('structure', 'neither sections nor segments')

  const sections = bare ?? []
  const room = bytes.size - at
  // The table of sections comes last: where it is there, nothing is cut off.
  const whole = sections.length > 0
  let size = Math.max(
    layout.header,
    segmentsAt + segmentTotal * layout.segment,
    sectionsAt + sectionTotal * layout.section,
  )
  for (const section of sections) {
    if (!hasBytes(section)) continue
    const end = section.offset + section.size
    if (end > room) throw new FormatError('structure', 'a section lies outside of the file')
    size = Math.max(size, end)
  }
  for (const segment of segments ?? []) {
    const end = segment.offset + segment.fileSize
    // Files that hold only what debuggers want keep segments that are not there.
    if (!whole || end <= room) size = Math.max(size, end)
  }
  return {
    ...table,
    abi: ident[7] as number,
    type,
    machine,
    entry,
    flags,
    sections,
    sectionsAt,
    namesIndex: namesIndex === EXTENDED_NAMES ? (first?.link ?? 0) : namesIndex,
    segments: segments ?? [],
    size,
    cut: size > room,
  }
}

interface Table {
  readonly bytes: Bytes
  readonly at: number
  readonly bits: Elf['bits']
  readonly endian: Endian
}

type BareSection = Omit<ElfSection, 'name'> & { readonly nameOffset: number }

export function hasBytes(section: Pick<ElfSection, 'type'>): boolean {
  return section.type !== 0 && section.type !== SECTION.nothing
}

/** Undefined when the table does not lie within the bytes. */
function tableReader({ bytes, at, endian }: Table, offset: number, length: number): Reader | undefined {
  if (!(length <= MAX_TABLE && at + offset + length <= bytes.size)) return undefined
  return new Reader(bytes.view(at + offset, length), endian)
}

function readSections(table: Table, offset: number, count: number): readonly BareSection[] | undefined {
  const reader = tableReader(table, offset, count * LAYOUTS[table.bits].section)
  if (!reader) return undefined
  const is64 = table.bits === 64
  const sections: BareSection[] = []
  while (sections.length < count) sections.push(readSection(reader, is64))
  return sections
}

function readSection(reader: Reader, is64: boolean): BareSection {
  const nameOffset = reader.u32()
  const type = reader.u32()
  const flags = wordOf(reader, is64)
  const address = wordOf(reader, is64)
  const offset = wordOf(reader, is64)
  const size = wordOf(reader, is64)
  const link = reader.u32()
  const info = reader.u32()
  reader.skip(is64 ? 8 : 4)
  const entrySize = wordOf(reader, is64)
  return { nameOffset, type, flags, address, offset, size, link, info, entrySize }
}

function wordOf(reader: Reader, is64: boolean): number {
  return is64 ? reader.size64() : reader.u32()
}

function readSegments(table: Table, offset: number, count: number): readonly ElfSegment[] | undefined {
  const reader = tableReader(table, offset, count * LAYOUTS[table.bits].segment)
  if (!reader) return undefined
  return Array.from({ length: count }, () => (table.bits === 64 ? segment64(reader) : segment32(reader)))
}

function segment32(reader: Reader): ElfSegment {
  const [type, offset, address] = [reader.u32(), reader.u32(), reader.u32()]
  reader.skip(4)
  const [fileSize, memorySize, flags] = [reader.u32(), reader.u32(), reader.u32()]
  reader.skip(4)
  return { type, flags, offset, address, fileSize, memorySize }
}

function segment64(reader: Reader): ElfSegment {
  const [type, flags] = [reader.u32(), reader.u32()]
  const [offset, address] = [reader.size64(), reader.size64()]
  reader.skip(8)
  const [fileSize, memorySize] = [reader.size64(), reader.size64()]
  reader.skip(8)
  return { type, flags, offset, address, fileSize, memorySize }
}

function named(table: Table, sections: readonly BareSection[], index: number): readonly ElfSection[] {
  const names = sections[index]
  const room =
    names && names.type === SECTION.strings ? tableReader(table, names.offset, names.size)?.bytes : undefined
  return sections.map(({ nameOffset, ...section }) => ({
    ...section,
    name: room ? cString(room.subarray(nameOffset, nameOffset + MAX_NAME)) : '',
  }))
}
