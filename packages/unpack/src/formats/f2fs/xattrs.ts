import { latin1, Reader } from '@messlatte/bytes'
import type { Trouble } from '../pieces.ts'
import type { Inode } from './inode.ts'
import { BLOCK } from './superblock.ts'
import type { Volume } from './volume.ts'

const MAGIC = 0xf2f5_2011
const HEADER = 24
const ENTRY = 4
const FOOTER = 24
const PREFIXES = new Map([
  [1, 'user.'],
  [2, 'system.posix_acl_access'],
  [3, 'system.posix_acl_default'],
  [4, 'trusted.'],
  [6, 'security.'],
  [7, 'system.advise'],
  [9, 'encryption.'],
  [11, 'verity.'],
])

/** By their full names, in hexadecimal: those in the inode, and what goes on in a node. @throws FormatError, BytesError */
export function attributesOf(
  volume: Volume,
  { number, attributes, attributesNode }: Inode,
  trouble: Trouble,
): Readonly<Record<string, string>> | undefined {
  const beside =
    attributesNode === 0 ? new Uint8Array(0) : volume.node(attributesNode, number).subarray(0, BLOCK - FOOTER)
  // sload.f2fs begins anew in the node, and leaves the room in the inode empty.
  const area = beginsHere(attributes) ? Buffer.concat([attributes, beside]) : beside
  if (!beginsHere(area)) return undefined
  const found: [string, string][] = []
  for (let at = HEADER; at + ENTRY <= area.length; ) {
    const reader = new Reader(area, 'little', at)
    const [prefix, nameLength, size] = [reader.u8(), reader.u8(), reader.u16()]
    if (prefix === 0 && nameLength === 0 && size === 0) break
    if (reader.left < nameLength + size) {
      trouble('structure', 'attributes that lie outside of their place')
      break
    }
    const name = (PREFIXES.get(prefix) ?? `${prefix}.`) + latin1(reader.take(nameLength))
    found.push([name, Buffer.from(reader.take(size)).toString('hex')])
    at = Math.ceil(reader.at / 4) * 4
  }
  return found.length > 0 ? Object.fromEntries(found) : undefined
}

function beginsHere(area: Uint8Array): boolean {
  return area.length >= HEADER && new Reader(area, 'little').u32() === MAGIC
}
