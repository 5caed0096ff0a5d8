import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { crcCcitt } from '../crc-ccitt.ts'
import { crc16 } from '../crc16.ts'
import { type StoredMember, storedAsIs, whatIsThere } from '../members.ts'
import { forkMembers, macName, macSeconds } from '../stuffit-forks.ts'

const HEADER = 128
const BLOCK = 128
const MOST_NAME = 63
const SUM_AT = 124
/** Zeros of every version, and those that only the first one has. */
const ZEROS = [
  [0, 1],
  [74, 75],
  [82, 83],
  [108, 116],
] as const
const ZEROS_1 = [99, 126] as const
const SIZES_AT = 83
const MORE_AT = 120

interface Fork {
  readonly content: { readonly at: number; readonly size: number }
}

interface MacbinaryFile {
  readonly name: string
  readonly mtime: number
  readonly data: Fork
  readonly resource: Fork
  /** With what fills up its last block. */
  readonly end: number
}

export const macbinary: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'macbinary',
  title: 'MacBinary (both forks of a Macintosh’s file)',
  references: ['MacBinary II and III (1987, 1996)', 'XADMaster 1.10, XADMacArchiveParser.m'],
  limits: [
    'found at the start of a file or member only',
    'a file of the first version has no checksum: it has to end where its header says',
    'a resource fork is shown as a file of its own, with .rsrc behind its name',
  ],
  magic: [{ bytes: '\0', at: 0 }],
  carve: false,

  recognise(bytes, at) {
    const file = parseFile(bytes, at)
    return file && { start: at, end: file.end }
  },

  ...storedAsIs(function* membersOf(bytes, { start }, problem) {
    const file = parseFile(bytes, start)
    if (!file) return
    for (const { meta, fork } of forkMembers({ forks: file, mtime: file.mtime }, file.name)) {
      if (!fork) continue
      const { at, size } = fork.content
      const isWhole = at + size <= bytes.size
      if (!isWhole) problem('truncated', 'the file ends within this content', meta.path)
      yield { meta, content: isWhole ? { at, length: size } : whatIsThere(bytes, at) }
    }
  }),
}

/** Undefined for what a CRC or its very size does not vouch for; big endian. @throws BytesError */
function parseFile(bytes: Bytes, start: number): MacbinaryFile | undefined {
  const header = bytes.view(start, HEADER)
  const nameLength = header[1] as number
  if (!ZEROS.every(([from, to]) => isZero(header, from, to))) return undefined
  const name = header.subarray(2, 2 + nameLength)
  if (nameLength < 1 || nameLength > MOST_NAME || name.includes(0)) return undefined
  const reader = new Reader(header, 'big', SIZES_AT)
  const [dataSize, resourceSize] = [reader.u32(), reader.u32()]
  reader.skip(4)
  const mtime = macSeconds(reader.u32())
  const isSummed = hasSum(header)
  const moreSize = isSummed ? new Reader(header, 'big', MORE_AT).u16() : 0
  const dataAt = start + HEADER + inBlocks(moreSize)
  const resourceAt = dataAt + inBlocks(dataSize)
  const end = resourceAt + inBlocks(resourceSize)
  const isFull = end - BLOCK < bytes.size && bytes.size <= end
  if (!isSummed && !(isZero(header, ...ZEROS_1) && mtime > 0 && isFull)) return undefined
  return {
    name: macName(latin1(name)),
    mtime,
    data: { content: { at: dataAt, size: dataSize } },
    resource: { content: { at: resourceAt, size: resourceSize } },
    end: Math.min(end, bytes.size),
  }
}

/** Versions II and III: CRC-16 of CCITT, or, in what some programs write, of ARC. */
function hasSum(header: Uint8Array): boolean {
  const told = new Reader(header, 'big', SUM_AT).u16()
  const summed = header.subarray(0, SUM_AT)
  return told === crcCcitt(summed, 0) || told === (crc16(summed, 0xffff) ^ 0xffff)
}

function isZero(header: Uint8Array, from: number, to: number): boolean {
  return header.subarray(from, to).every((byte) => byte === 0)
}

function inBlocks(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK
}
