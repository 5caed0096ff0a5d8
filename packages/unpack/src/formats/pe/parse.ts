import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** A PE/COFF image, little endian; offsets are those of the source unless said otherwise. PE format, sections 3 to 5. */
export interface Pe {
  /** 0x14c i386, 0x1c4 ARM Thumb-2, 0x8664 x86-64, 0xaa64 AArch64 … */
  readonly machine: number
  readonly bits: 32 | 64
  /** 10 EFI application, 11 and 12 EFI drivers; below 10 other systems. */
  readonly subsystem: number
  readonly sections: readonly PeSection[]
  /** Behind all headers, as the image tells it. */
  readonly headersEnd: number
  /** As stored; 0 is none. */
  readonly checksum: number
  /** What Authenticode leaves out of its digest besides the certificates: 4 bytes, and 8 where there is a directory. */
  readonly checksumAt: number
  readonly certificateDirectoryAt: number | undefined
  /** The table of certificates, which signing appends. */
  readonly certificates: Stored | undefined
  /** The tree of resources, in memory, from the start of the image. */
  readonly resourcesAddress: number | undefined
  /** Behind the last byte of headers, sections and symbols; the source may end before. */
  readonly bodyEnd: number
  /** As `bodyEnd`, with the certificates. */
  readonly end: number
}

export interface PeSection {
  /** Byte string; a long one as the table of names has it. */
  readonly name: string
  /** In memory, from the start of the image. */
  readonly address: number
  /** Bytes in memory. */
  readonly memorySize: number
  readonly at: number
  readonly length: number
}

const DOS_HEADER = 64
/** Images whose sections are aligned to 64 KiB have their headers just in front of the first of them. */
const MOST_DOS = 64 * 1024
const COFF = 24
const SECTION = 40
const MOST_SECTIONS = 96
const SYMBOL = 18
/** Bytes of the name of a section. */
const MOST_NAME = 64
const RESOURCES = 2
const CERTIFICATES = 4
/** Where the number of directories stands in the optional header. */
const KINDS = { 267: { bits: 32, countAt: 92 }, 523: { bits: 64, countAt: 108 } } as const
const MACHINES = new Set([
  0x14c, 0x166, 0x1a2, 0x1a6, 0x1c0, 0x1c2, 0x1c4, 0x1f0, 0x200, 0xebc, 0x5032, 0x5064, 0x5128, 0x6232,
  0x6264, 0x8664, 0xaa64,
])

/** The image at `at`, or undefined where the headers and sections do not hold. */
export function parsePe(bytes: Bytes, at: number): Pe | undefined {
  if (at + DOS_HEADER > bytes.size || latin1(bytes.view(at, 2)) !== 'MZ') return undefined
  const offset = new Reader(bytes.view(at + 60, 4), 'little').u32()
  const coffAt = at + offset
  if (offset < DOS_HEADER || offset > MOST_DOS || offset % 4 !== 0 || coffAt + COFF > bytes.size)
    return undefined
  const coff = new Reader(bytes.view(coffAt, COFF), 'little')
  if (coff.latin1(4) !== 'PE\0\0') return undefined
  const [machine, count] = [coff.u16(), coff.u16()]
  coff.skip(4)
  const [symbolsAt, symbols, optionalSize] = [coff.u32(), coff.u32(), coff.u16()]
  const tableAt = coffAt + COFF + optionalSize
  if (!MACHINES.has(machine) || count === 0 || count > MOST_SECTIONS) return undefined
  if (tableAt + count * SECTION > bytes.size) return undefined
  const optional = parseOptional(bytes.view(coffAt + COFF, optionalSize), at, coffAt + COFF)
  if (!optional) return undefined
  const { headers, memory, certificates, ...rest } = optional
  const sections = parseSections(bytes.view(tableAt, count * SECTION), at).map((section) => ({
    ...section,
    name: longName(bytes, section.name, namesAt(at, symbolsAt, symbols)),
  }))
  const tableEnd = tableAt + count * SECTION - at
  if (headers < tableEnd || !sections.every((section) => holds(section, memory))) return undefined
  const ascend = sections.every(({ address }, index) => address >= (sections[index - 1]?.address ?? 0))
  if (!ascend) return undefined
  const bodyEnd = Math.max(
    at + headers,
    ...sections.map((section) => section.at + section.length),
    symbolsEnd(bytes, at, symbolsAt, symbols),
  )
  const end = Math.max(bodyEnd, certificates ? certificates.at + certificates.length : 0)
  return { machine, ...rest, sections, headersEnd: at + headers, certificates, bodyEnd, end }
}

interface Optional extends Omit<Pe, 'machine' | 'sections' | 'headersEnd' | 'bodyEnd' | 'end'> {
  /** Bytes of all headers. */
  readonly headers: number
  /** Bytes of the image in memory. */
  readonly memory: number
}

function parseOptional(header: Uint8Array, at: number, headerAt: number): Optional | undefined {
  if (header.length < 2) return undefined
  const reader = new Reader(header, 'little')
  const magic = reader.u16()
  const kind = KINDS[magic as keyof typeof KINDS]
  if (!kind || header.length < kind.countAt + 4) return undefined
  reader.at = 32
  const [inMemory, inFile] = [reader.u32(), reader.u32()]
  if (!isPower(inMemory) || !isPower(inFile) || inFile > inMemory) return undefined
  reader.at = 56
  const [memory, headers, checksum, subsystem] = [reader.u32(), reader.u32(), reader.u32(), reader.u16()]
  if (headers > memory) return undefined
  reader.at = kind.countAt
  const directories = reader.u32()
  const directoryAt = reader.at + CERTIFICATES * 8
  const has = directories > CERTIFICATES && directoryAt + 8 <= header.length
  let certificates: Stored | undefined
  if (has) {
    reader.at = directoryAt
    // The only directory that counts from the start of the file.
    const [place, length] = [reader.u32(), reader.u32()]
    if (place >= headers && length > 0) certificates = { at: at + place, length }
  }
  const certificateDirectoryAt = has ? headerAt + directoryAt : undefined
  const resourcesAddress = addressOf(header, kind.countAt, RESOURCES)
  const places = { checksumAt: headerAt + 64, certificateDirectoryAt }
  return { bits: kind.bits, subsystem, checksum, ...places, certificates, resourcesAddress, headers, memory }
}

/** Of what a directory leads to, where it is there. */
function addressOf(header: Uint8Array, countAt: number, directory: number): number | undefined {
  const directoryAt = countAt + 4 + directory * 8
  if (new Reader(header, 'little', countAt).u32() <= directory || directoryAt + 8 > header.length)
    return undefined
  const address = new Reader(header, 'little', directoryAt).u32()
  return address === 0 ? undefined : address
}

function parseSections(table: Uint8Array, start: number): readonly PeSection[] {
  const reader = new Reader(table, 'little')
  return Array.from({ length: table.length / SECTION }, () => {
    const name = cString(reader.take(8))
    const [memorySize, address, length, place] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
    reader.skip(16)
    return { name, address, memorySize, at: start + place, length: place === 0 ? 0 : length }
  })
}

function holds({ name, address, memorySize }: PeSection, memory: number): boolean {
  return /^[\x20-\x7e]+$/.test(name) && address + memorySize <= memory
}

/** Symbols, and behind them the table of their names, which begins with its own size. */
function symbolsEnd(bytes: Bytes, at: number, offset: number, count: number): number {
  if (offset === 0 || count === 0) return 0
  const start = namesAt(at, offset, count) as number
  if (start + 4 > bytes.size) return 0
  const names = new Reader(bytes.view(start, 4), 'little').u32()
  return start + names <= bytes.size ? start + names : start
}

/** Where the names of symbols lie, and of sections that are longer than 8 bytes. */
function namesAt(at: number, offset: number, count: number): number | undefined {
  return offset === 0 || count === 0 ? undefined : at + offset + count * SYMBOL
}

/** `/37` stands for the name at 37 of the names; what cannot be read stays as it is. PE format, section 4. */
function longName(bytes: Bytes, name: string, names: number | undefined): string {
  const offset = /^\/(\d{1,7})$/.exec(name)?.[1]
  if (offset === undefined || names === undefined) return name
  const at = names + Number(offset)
  if (at >= bytes.size) return name
  const long = cString(bytes.view(at, Math.min(MOST_NAME, bytes.size - at)))
  return long === '' ? name : long
}

function isPower(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0
}
