import { type Bytes, Reader } from '@messlatte/bytes'

/** The word by which the boot ROM knows the width of the flash, and a name. Little endian. */
export const MAGIC = '\x66\x55\x99\xaaXNLX'
export const MAGIC_AT = 0x20
const [CHECKED_TO, TABLES_AT, HEADER] = [0x48, 0x98, 0xa0] as const
const [PARTITION, NAME_AT, MOST_NAME, MOST_PARTITIONS] = [64, 16, 64, 64] as const
const WORD = 4

/** Words of the headers, by family: the same ones stand at other places. */
const LAYOUTS = {
  zynq: { size: 0x34, total: 0x40, data: 5, image: 9, certificate: 10, certificateSize: 0x6c0 },
  zynqmp: { size: 0x3c, total: 0x40, data: 8, image: 12, certificate: 13, certificateSize: 0xec0 },
} as const

export type Family = keyof typeof LAYOUTS

export interface Partition {
  /** Byte string; empty where it has none. */
  readonly name: string
  /** From the start of the image, in bytes, as are the others. */
  readonly at: number
  readonly length: number
  /** With its certificate and what fills it up. */
  readonly total: number
  readonly certificate: { readonly at: number; readonly length: number } | undefined
}

export interface ZynqBoot {
  readonly family: Family
  readonly partitions: readonly Partition[]
  /** Where the headers end that a checksum holds together: the one behind has another. */
  readonly damagedAt: number | undefined
  /** As the headers tell, which may be behind the end of the source. */
  readonly end: number
}

/** The image at `at`; undefined where the checksum of the boot header differs, or it tells no place for a program. */
export function parseZynqBoot(bytes: Bytes, at: number): ZynqBoot | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  if (!isSummed(header, MAGIC_AT, CHECKED_TO)) return undefined
  const word = (place: number) => new Reader(header, 'little', place).u32()
  const family = familyOf(word)
  const { size, total } = LAYOUTS[family]
  const source = word(0x30)
  const first: Partition = {
    name: 'boot',
    at: source,
    length: word(size),
    total: Math.max(word(size), word(total)),
    certificate: undefined,
  }
  if (source < HEADER) return undefined
  const table = word(TABLES_AT + WORD)
  const { partitions, damagedAt } =
    table === 0 || word(TABLES_AT) === 0
      ? { partitions: [], damagedAt: undefined }
      : readPartitions(bytes, at, table, family)
  // A program that runs where it lies in flash has no length here.
  if (partitions.length === 0 && first.length === 0) return undefined
  const known =
    partitions.length > 0
      ? partitions
      : [family === 'zynq' && word(0x44) === 0 ? withoutHeader(first) : first]
  const end = Math.max(HEADER, ...known.map(endOf))
  return { family, partitions: known, damagedAt, end: at + end }
}

function endOf({ at, total, certificate }: Partition): number {
  return Math.max(at + total, certificate ? certificate.at + certificate.length : 0)
}

/** A Zynq-7000 tells where to load its program and where it starts, a Zynq UltraScale+ the sizes of two programs, each with a larger one. */
function familyOf(word: (place: number) => number): Family {
  return word(0x3c) > 0 && word(0x3c) <= word(0x40) && word(0x34) <= word(0x38) ? 'zynqmp' : 'zynq'
}

/** U-Boot's mkimage, which leaves the word behind the sizes empty, counts the header in. */
function withoutHeader(first: Partition): Partition {
  const length = Math.max(0, first.length - first.at)
  return { ...first, length, total: length }
}

function readPartitions(
  bytes: Bytes,
  start: number,
  table: number,
  family: Family,
): Pick<ZynqBoot, 'partitions' | 'damagedAt'> {
  const { data, image, certificate, certificateSize } = LAYOUTS[family]
  const partitions: Partition[] = []
  for (let at = table; partitions.length < MOST_PARTITIONS; at += PARTITION) {
    if (start + at + PARTITION > bytes.size) return { partitions, damagedAt: at }
    const header = bytes.view(start + at, PARTITION)
    const word = (index: number) => new Reader(header, 'little', index * WORD).u32()
    if (!isSummed(header, 0, PARTITION - WORD)) return { partitions, damagedAt: at }
    if (word(2) === 0) break
    const certificateAt = word(certificate) * WORD
    partitions.push({
      name: nameAt(bytes, start + word(image) * WORD + NAME_AT),
      at: word(data) * WORD,
      length: word(0) * WORD,
      total: Math.max(word(0), word(2)) * WORD,
      certificate: certificateAt === 0 ? undefined : { at: certificateAt, length: certificateSize },
    })
  }
  return { partitions, damagedAt: undefined }
}

/** Words, each with its first letter in its highest byte; one that is zero ends them. */
function nameAt(bytes: Bytes, at: number): string {
  const view = bytes.view(Math.min(at, bytes.size), Math.max(0, Math.min(MOST_NAME, bytes.size - at)))
  let name = ''
  for (let word = 0; word + WORD <= view.length; word += WORD) {
    const letters = Buffer.from(view.subarray(word, word + WORD))
      .reverse()
      .toString('latin1')
    if (letters === '\0\0\0\0') break
    name += letters
  }
  const [known = ''] = name.split('\0')
  return known
}

/** Whether the word at `end` is the inverted sum of those from `start` on. */
function isSummed(view: Uint8Array, start: number, end: number): boolean {
  const reader = new Reader(view, 'little', start)
  let sum = 0
  while (reader.at < end) sum = (sum + reader.u32()) >>> 0
  return ~sum >>> 0 === reader.u32()
}
