import type { Bytes, Endian } from '@messlatte/bytes'
import { FormatError, type Region } from '../../contract.ts'
import { decompress } from './data.ts'
import { INODE, type InodeNode, type NodeHeader, readHeader, readInode } from './nodes.ts'

/**
 * Puts a file together: each node overwrites what older ones said.
 * @param nodes where they begin, from the start of the region, by ascending version
 * @returns bytes of the file that no node holds, not even as a hole
 * @throws FormatError, DecodeError, BytesError
 */
export function fillFile(
  bytes: Bytes,
  { start }: Region,
  endian: Endian,
  nodes: readonly number[],
  out: Uint8Array,
): number {
  const parts: { readonly from: number; readonly to: number }[] = []
  for (const offset of nodes) {
    const header = readHeader(bytes, start + offset, endian)
    const node = header && readInode(bytes, header, endian)
    if (!node || typeof node === 'string') throw new FormatError('structure', `no node at ${offset}`)
    const part = { from: node.offset, to: Math.min(node.offset + node.size, out.length) }
    if (part.to <= part.from) continue
    fillPart(bytes, header, node, out.subarray(part.from, part.to))
    parts.push(part)
  }
  return out.length - covered(parts)
}

function fillPart(bytes: Bytes, header: NodeHeader, node: InodeNode, part: Uint8Array): void {
  const whole = part.length === node.size || node.compression === 1 ? part : new Uint8Array(node.size)
  decompress(node.compression, bytes.view(header.at + INODE, node.stored), whole)
  if (whole !== part) part.set(whole.subarray(0, part.length))
}

/** Bytes that lie in at least one of the parts. */
function covered(parts: { readonly from: number; readonly to: number }[]): number {
  let total = 0
  let done = 0
  for (const { from, to } of parts.sort((a, b) => a.from - b.from)) {
    if (to <= done) continue
    total += to - Math.max(from, done)
    done = to
  }
  return total
}
