import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '\x8e\x73\xed\x8a\0\0\x04\0'
const HEADER = 1024
/** What may stand at 32: of devices that load one content, and of those whose kernel, RAM disk and device tree have places. */
const SECOND = [0x8e73ed8a, 0xa1f0beef]

/** OpenWrt firmware-utils, mkmerakifw.c: big endian. */
export interface Meraki {
  /** SHA-1 of the content, in hex. */
  readonly sha1: string
  readonly content: Stored
}

/** The header at `at`, or undefined. */
export function parseMeraki(bytes: Bytes, at: number): Meraki | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const length = reader.u32()
  const sha1 = Buffer.from(reader.take(20)).toString('hex')
  return length > 0 && SECOND.includes(reader.u32())
    ? { sha1, content: { at: at + HEADER, length } }
    : undefined
}
