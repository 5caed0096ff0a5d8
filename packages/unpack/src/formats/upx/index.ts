import { adler32, type Bytes, inflateRaw, lzmaRaw, type NrvVariant, nrvDecompress } from '@messlatte/bytes'
import { type ContainerFormat, FormatError, type Sink } from '../../contract.ts'
import { program } from '../members.ts'
import { FILTERS } from './filters.ts'
import { type Extent, findTail, loadedExtents, parseUpx, type UpxBlock, type UpxHeader } from './parse.ts'

const HEADERS_32 = [2, 3, 4, 5].map((count) => 52 + 32 * count)
const HEADERS_64 = [2, 3, 4, 5].map((count) => 64 + 56 * count)
const LZMA = 14
const VARIANTS: readonly NrvVariant[] = ['nrv2b', 'nrv2d', 'nrv2e']
const WORDS = [32, 8, 16] as const

export const upx: ContainerFormat<readonly UpxBlock[]> = {
  kind: 'container',
  name: 'upx',
  title: 'Program for Linux packed by UPX (NRV2B, NRV2D, NRV2E, LZMA)',
  references: [
    'UPX 3.96, src/p_lx_elf.cpp and src/stub/src/include/linux.h',
    'UCL 1.03, n2b_d.c, n2d_d.c, n2e_d.c',
  ],
  limits: [
    'filters of code other than those for x86 and ARM are named and not undone: addresses in calls stay changed, data and texts do not',
    'what lies between and behind the segments (section headers, debugging data) is not put back',
    'packed libraries, and packed programs for other systems than Linux, are not opened',
    'a program whose mark was changed is not recognised',
  ],
  magic: [...HEADERS_32, ...HEADERS_64].map((at) => ({ bytes: 'UPX!', at: at + 4 })),
  carve: true,

  recognise(bytes, at) {
    const header = parseUpx(bytes, at)
    if (!header) return undefined
    // Where the end was cut off or changed, the program goes on to the end of what it lies in.
    return { start: at, end: findTail(bytes, header)?.end ?? bytes.size }
  },

  *open(bytes, { start }) {
    const { blocks } = parseUpx(bytes, start) as UpxHeader
    yield { cost: sizeOf(blocks), entries: 1, plan: blocks }
  },

  read(bytes, { start }, blocks, sink) {
    const header = parseUpx(bytes, start) as UpxHeader
    const extents = loadedExtents(unpackBlock(bytes, blocks[0] as UpxBlock), header.endian)
    const size = fileSize(header, extents)
    tell(header, extents, sink)
    const meta = program('unpacked')
    sink.file(meta, size, (out) => {
      const sum = fill(bytes, blocks, extents, out)
      const tail = findTail(bytes, header)
      const isWhole = sizeOf(blocks) === header.size && blocks.every(({ filter }) => isUndone(filter))
      if (tail && isWhole && sum !== tail.adler)
        sink.problem('checksum', 'the Adler-32 of what comes out differs', meta.path)
    })
  },
}

function sizeOf(blocks: readonly { readonly size: number }[]): number {
  return blocks.reduce((sum, { size }) => sum + size, 0)
}

/** Where it was wiped out, the segments tell it. */
function fileSize({ size, blocks }: UpxHeader, extents: readonly Extent[]): number {
  const needed = Math.max(...extents.map((extent) => extent.offset + extent.size), 0)
  if (needed === 0) throw new FormatError('structure', 'the program has no segments')
  const most = size === 0 ? 2 * sizeOf(blocks) + 64 * 1024 : size
  if (needed > most) throw new FormatError('structure', `segments up to ${needed} bytes in a file of ${most}`)
  return size === 0 ? needed : size
}

function isComplete({ blocks }: UpxHeader, extents: readonly Extent[]): boolean {
  return sizeOf(blocks) === sizeOf(extents)
}

function isUndone(filter: number): boolean {
  return filter === 0 || FILTERS.has(filter)
}

function tell(header: UpxHeader, extents: readonly Extent[], sink: Sink): void {
  const { blocks, cut, size } = header
  if (cut) sink.problem('truncated', 'the image ends within a block', 'unpacked')
  else if (!isComplete(header, extents))
    sink.problem('structure', 'the blocks do not hold all segments', 'unpacked')
  if (size === 0) sink.problem('structure', "upx' own sizes were wiped out", 'unpacked')
  const filters = new Set(blocks.map(({ filter }) => filter).filter((filter) => !isUndone(filter)))
  for (const filter of filters)
    sink.problem(
      'unsupported',
      `the filter 0x${filter.toString(16)} is not undone: addresses in code are changed`,
      'unpacked',
    )
}

/** Blocks fill the segments in their order. @returns the Adler-32 of what came out */
function fill(
  bytes: Bytes,
  blocks: readonly UpxBlock[],
  extents: readonly Extent[],
  out: Uint8Array,
): number {
  let sum = 1
  let index = 0
  let done = 0
  for (const block of blocks) {
    let content = unpackBlock(bytes, block)
    sum = adler32(content, sum)
    for (let extent = extents[index]; extent && content.length > 0; extent = extents[index]) {
      const part = content.subarray(0, extent.size - done)
      out.set(part, extent.offset + done)
      done += part.length
      content = content.subarray(part.length)
      if (done < extent.size) break
      index++
      done = 0
    }
  }
  return sum
}

/** @throws DecodeError | FormatError */
function unpackBlock(bytes: Bytes, { at, packed, size, method, filter, mark }: UpxBlock): Uint8Array {
  const input = bytes.view(at, packed)
  const output = new Uint8Array(size)
  const written = packed === size ? size : decode(input, output, method)
  if (packed === size) output.set(input)
  if (written !== size) throw new FormatError('structure', `${written} of ${size} bytes come out of a block`)
  FILTERS.get(filter)?.(output, mark)
  return output
}

function decode(input: Uint8Array, output: Uint8Array, method: number): number {
  if (method === LZMA) return unpackLzma(input, output)
  if (method > LZMA) return inflateRaw(input, output)
  const variant = VARIANTS[Math.floor((method - 2) / 3)] as NrvVariant
  return nrvDecompress(input, output, variant, WORDS[(method - 2) % 3] as 8 | 16 | 32)
}

/** Two bytes of properties: lc + lp and pb, then lp and lc again. */
function unpackLzma(input: Uint8Array, output: Uint8Array): number {
  const [first = 0, second = 0] = input
  const [pb, lp, lc] = [first & 7, second >>> 4, second & 15]
  if (first >>> 3 !== lc + lp || lc > 8 || lp > 4 || pb > 4)
    throw new FormatError('structure', 'properties of LZMA that contradict each other')
  return lzmaRaw(input.subarray(2), output, { lc, lp, pb })
}
