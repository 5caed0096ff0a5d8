import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'PK2\0'
const HEADER = 28
const SECTION = 24
const MOST_SECTIONS = 10_000
const MOST_NAME = 4096

/** What contents are mixed with, over and over. */
const KEY = Uint8Array.of(0xa1, 0x83, 0x24, 0x78, 0xb3, 0x41, 0x43, 0x56)

export interface Pk2Section {
  /** Of a file, as a byte string; undefined for a command. */
  readonly path: string | undefined
  readonly content: Stored
}

export interface Pk2 {
  readonly sections: readonly Pk2Section[]
  readonly end: number
  /** Whether all sections that the header tells are there. */
  readonly whole: boolean
}

/** The sections of an update at `start` (little endian), or undefined: each has to be a file or a command. */
export function parsePk2(bytes: Bytes, start: number): Pk2 | undefined {
  if (start + HEADER + SECTION > bytes.size) return undefined
  const header = new Reader(bytes.view(start, HEADER), 'little')
  if (header.latin1(4) !== MAGIC) return undefined
  header.skip(20)
  const count = header.u32()
  if (count === 0 || count > MOST_SECTIONS) return undefined
  const sections: Pk2Section[] = []
  let at = start + HEADER
  while (sections.length < count && at + SECTION <= bytes.size) {
    const reader = new Reader(bytes.view(at, SECTION), 'little')
    const kind = cString(reader.take(4))
    reader.skip(16)
    const length = reader.u32()
    const section = sectionAt(bytes, kind, at + SECTION, length)
    if (section === 'cut') break
    if (!section) return undefined
    sections.push(section)
    at += SECTION + length
  }
  return sections.length > 0 ? { sections, end: at, whole: sections.length === count } : undefined
}

function sectionAt(bytes: Bytes, kind: string, at: number, length: number): Pk2Section | 'cut' | undefined {
  if (kind === 'CMD') return { path: undefined, content: { at, length } }
  if (kind !== 'FILE' || length < 8) return undefined
  if (at + 4 > bytes.size) return 'cut'
  const nameLength = new Reader(bytes.view(at, 4), 'little').u32()
  if (nameLength === 0 || nameLength > MOST_NAME || 8 + nameLength > length) return undefined
  if (at + 8 + nameLength > bytes.size) return 'cut'
  const reader = new Reader(bytes.view(at + 4, nameLength + 4), 'little')
  const path = cString(reader.take(nameLength))
  const size = reader.u32()
  if (size !== length - 8 - nameLength || path.replaceAll('/', '') === '') return undefined
  return { path, content: { at: at + 8 + nameLength, length: size } }
}

/** In place; the stretch begins with the key's first byte. */
export function unmix(content: Uint8Array): void {
  for (let i = 0; i < content.length; i++) content[i] = (content[i] as number) ^ (KEY[i & 7] as number)
}
