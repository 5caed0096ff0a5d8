import { type Bytes, Reader } from '@messlatte/bytes'

export const MAGIC = '\xeb\x17\xa6\x84'
const ROOT = 0x84a617eb
/** Sizes in bytes. */
export const TAG_HEADER = 8
/** A file of more is none. */
const MOST_TAGS = 4096

/** Numbers of tags that are read here (btl_gbl_format.h of Silicon Labs' SDK for Series 3). */
export const TAG = {
  manifest: 0xaa01012a,
  certificate: 0x2b01012b,
  signature: 0x2b02022b,
  manifestInfo: 0x2b03032b,
  bundleVersion: 0x2b04042b,
  contentHash: 0x2b05052b,
  updateProcess: 0xab06062b,
  updateSe: 0x2c02022c,
  updateSection: 0x2c03032c,
  manifestEnd: 0x2c04042c,
  seBlob: 0x3a02023a,
  section: 0xba01013a,
  sectionInfo: 0x3b01013b,
  sectionBlob: 0x3b02023b,
  padding: 0xee0101ee,
} as const

/** Tags that hold others. */
const HOLDERS: ReadonlySet<number> = new Set([TAG.manifest, TAG.updateProcess, TAG.section])
const KNOWN: ReadonlySet<number> = new Set(Object.values(TAG))

/** A tag that holds no others. */
export interface Gbl4Tag {
  readonly id: number
  /** Of its content. */
  readonly at: number
  /** Bytes. */
  readonly length: number
}

export interface Gbl4 {
  /** In their order, those that others hold among them. */
  readonly tags: readonly Gbl4Tag[]
  /** Behind the file, as far as the bytes go. */
  readonly end: number
  /** False when the bytes end before the file does. */
  readonly whole: boolean
}

/** The file at `at`, or undefined: it begins with a known tag, and its tags make up its length. Little endian. */
export function parseGbl4(bytes: Bytes, at: number): Gbl4 | undefined {
  if (at + 2 * TAG_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, 2 * TAG_HEADER), 'little')
  if (reader.u32() !== ROOT) return undefined
  const end = at + TAG_HEADER + reader.u32()
  if (!KNOWN.has(reader.u32())) return undefined
  const tags = readTags(bytes, at + TAG_HEADER, end)
  return tags && { tags, end: Math.min(end, bytes.size), whole: end <= bytes.size }
}

/**
 * Whoever holds others ends where the last one of those does. `ends` are those of the holders that are open, outermost first:
 * no deeper than a known tag holds another.
 */
function readTags(bytes: Bytes, from: number, end: number): readonly Gbl4Tag[] | undefined {
  const tags: Gbl4Tag[] = []
  const ends = [end]
  let at = from
  while (ends.length > 0) {
    const limit = ends.at(-1) as number
    if (at === limit) {
      ends.pop()
      continue
    }
    if (at + TAG_HEADER > limit) return undefined
    if (at + TAG_HEADER > bytes.size) return tags
    const reader = new Reader(bytes.view(at, TAG_HEADER), 'little')
    const [id, length] = [reader.u32(), reader.u32()]
    at += TAG_HEADER
    if (at + length > limit || tags.length === MOST_TAGS || ends.length === MOST_TAGS) return undefined
    if (HOLDERS.has(id)) ends.push(at + length)
    else {
      tags.push({ id, at, length })
      at += length
    }
  }
  return tags
}
