import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** With the kind of the first entry. */
export const MAGICS = ['\xde\xaf\xbe\xad\x86', '\xde\xaf\xbe\xad\x87'] as const
export const DIRECTORY = 0x86
export const FILE = 0x87
const MAGIC_LENGTH = 4
const MOST_NAME = 1024
const MOST_ENTRIES = 100_000

export interface DeafbeadEntry {
  /** Byte string, with slashes. */
  readonly path: string
  /** Undefined for a directory. */
  readonly content: Stored | undefined
}

export interface Deafbead {
  readonly entries: readonly DeafbeadEntry[]
  readonly end: number
}

/** Entries until something else stands there (little endian); undefined where none of them is a file that is there. */
export function parseDeafbead(bytes: Bytes, start: number): Deafbead | undefined {
  const entries: DeafbeadEntry[] = []
  let at = start + MAGIC_LENGTH
  while (at + 3 <= bytes.size && entries.length < MOST_ENTRIES) {
    const reader = new Reader(bytes.view(at, 3), 'little')
    const [kind, length] = [reader.u8(), reader.u16()]
    if ((kind !== DIRECTORY && kind !== FILE) || length === 0 || length > MOST_NAME) break
    const tail = kind === FILE ? 4 : 0
    if (at + 3 + length + tail > bytes.size) break
    const named = new Reader(bytes.view(at + 3, length + tail), 'little')
    const path = named.latin1(length).replaceAll('\\', '/')
    if (!/^[\x20-\x7e]+$/.test(path)) break
    at += 3 + length + tail
    const size = kind === FILE ? named.u32() : 0
    entries.push({ path, content: kind === FILE ? { at, length: size } : undefined })
    at += size
  }
  const whole = entries.some(({ content }) => content && content.at + content.length <= bytes.size)
  return whole ? { entries, end: at } : undefined
}
