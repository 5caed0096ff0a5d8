import { cString, Reader } from '@messlatte/bytes'
import { type Elf, SECTION, SEGMENT } from './parse.ts'

/** An entry of the dynamic section: what the dynamic linker is told. */
export interface ElfDynamicEntry {
  readonly tag: number
  readonly value: number
}

const MAX_ENTRIES = 65_536
const MAX_NAME = 4096
const TAG = { end: 0, needed: 1, names: 5, soname: 14, rpath: 15, runpath: 29 }

/** The dynamic entries, by segment or else by section; empty for static files. */
export function elfDynamic(elf: Elf): readonly ElfDynamicEntry[] {
  const segment = elf.segments.find(({ type }) => type === SEGMENT.dynamic)
  const section = elf.sections.find(({ type }) => type === SECTION.dynamic)
  const place = segment ? { offset: segment.offset, size: segment.fileSize } : section
  if (!place) return []
  const size = elf.bits === 64 ? 16 : 8
  const room = Math.max(0, Math.min(place.size, elf.bytes.size - elf.at - place.offset))
  const count = Math.min(Math.floor(room / size), MAX_ENTRIES)
  if (count === 0) return []
  const reader = new Reader(elf.bytes.view(elf.at + place.offset, count * size), elf.endian)
  const word = elf.bits === 64 ? () => reader.size64() : () => reader.u32()
  const entries: ElfDynamicEntry[] = []
  for (let i = 0; i < count; i++) {
    const entry = { tag: word(), value: word() }
    if (entry.tag === TAG.end) break
    entries.push(entry)
  }
  return entries
}

export function dynamicValue(entries: readonly ElfDynamicEntry[], tag: number): number | undefined {
  return entries.find((entry) => entry.tag === tag)?.value
}

/** Where a memory address lies in the file, from its start; undefined for what is not loaded from it. */
export function offsetOf(elf: Elf, address: number): number | undefined {
  const segment = elf.segments.find(
    (one) => one.type === SEGMENT.load && address >= one.address && address < one.address + one.fileSize,
  )
  return segment && address - segment.address + segment.offset
}

/** What an ELF file asks the dynamic linker for; byte strings. */
export interface ElfLinkage {
  readonly needed: readonly string[]
  readonly soname: string | undefined
  /** Search paths, `:`-separated, as stored. */
  readonly rpath: string | undefined
  readonly runpath: string | undefined
  readonly interpreter: string | undefined
}

export function elfLinkage(elf: Elf): ElfLinkage {
  const entries = elfDynamic(elf)
  const address = dynamicValue(entries, TAG.names)
  const namesAt = address === undefined ? undefined : offsetOf(elf, address)
  const text = (offset: number) => (namesAt === undefined ? '' : stringAt(elf, namesAt + offset))
  const one = (tag: number) => {
    const offset = dynamicValue(entries, tag)
    return offset === undefined ? undefined : text(offset)
  }
  const interpreter = elf.segments.find(({ type }) => type === SEGMENT.interpreter)
  return {
    needed: entries.filter(({ tag }) => tag === TAG.needed).map(({ value }) => text(value)),
    soname: one(TAG.soname),
    rpath: one(TAG.rpath),
    runpath: one(TAG.runpath),
    interpreter: interpreter && stringAt(elf, interpreter.offset),
  }
}

function stringAt({ bytes, at }: Elf, offset: number): string {
  const room = Math.min(MAX_NAME, bytes.size - at - offset)
  return room > 0 ? cString(bytes.view(at + offset, room)) : ''
}

const BUILD_ID = 3
const MAX_NOTES = 65_536

/** The build id that the linker noted (hex). */
export function elfBuildId(elf: Elf): string | undefined {
  const places = [
    ...elf.segments
      .filter(({ type }) => type === SEGMENT.note)
      .map(({ offset, fileSize }) => ({ offset, size: fileSize })),
    ...elf.sections.filter(({ type }) => type === SECTION.note),
  ]
  for (const { offset, size } of places) {
    const room = Math.min(size, MAX_NOTES, elf.bytes.size - elf.at - offset)
    const found =
      room > 0 ? buildIdIn(new Reader(elf.bytes.view(elf.at + offset, room), elf.endian)) : undefined
    if (found) return found
  }
  return undefined
}

/** Notes: u32 sizes of name and content, u32 type, then both, padded to four bytes. */
function buildIdIn(reader: Reader): string | undefined {
  while (reader.left >= 12) {
    const [nameSize, size, type] = [reader.u32(), reader.u32(), reader.u32()]
    const contentAt = Math.ceil(nameSize / 4) * 4
    if (contentAt + size > reader.left) return undefined
    const name = cString(reader.take(contentAt).subarray(0, nameSize))
    const content = reader.take(size)
    if (name === 'GNU' && type === BUILD_ID && size > 0) return Buffer.from(content).toString('hex')
    reader.skip(Math.min(reader.left, (4 - (size % 4)) % 4))
  }
  return undefined
}
