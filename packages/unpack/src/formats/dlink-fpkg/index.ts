import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { announced, type Stored, type StoredMember, storedAsIs } from '../members.ts'

const MAGICS = ['FPKG\x01\0\0\0', 'CPKG\x01\0\0\0']
const HEADER = 12
const ENTRY = 28
/** Of a file, something that was never seen, a checksum, a signature. */
const KINDS = [0x100, 0x101, 0x102, 0x103]
const MOST_ENTRIES = 10_000
const MOST_HEADER = 4096

export const dlinkFpkg: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'dlink-fpkg',
  title: 'D-Link FPKG and CPKG (firewalls)',
  references: ['unblob, handlers/archive/dlink/fpkg.py'],
  limits: [
    'checksums and signatures are shown, not compared',
    'archives that are cut off end before the file that is cut',
  ],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const last = entriesOf(bytes, at).at(-1)
    return last && { start: at, end: last.at + last.length }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    for (const entry of entriesOf(bytes, start)) yield announced(bytes, entry.path, entry, problem)
  }),
}

interface Entry extends Stored {
  readonly path: string
}

/** Entries one behind the other (big endian), until something else stands there. */
function entriesOf(bytes: Bytes, start: number): readonly Entry[] {
  if (start + HEADER > bytes.size) return []
  const first = new Reader(bytes.view(start, HEADER), 'big', 8).u32()
  const entries: Entry[] = []
  if (first < HEADER || first > MOST_HEADER) return entries
  for (let at = start + first; at + ENTRY <= bytes.size && entries.length < MOST_ENTRIES; ) {
    const reader = new Reader(bytes.view(at, ENTRY), 'big')
    const [size, kind] = [reader.u32(), reader.u16()]
    reader.skip(2)
    const length = reader.u32()
    const path = cString(reader.take(16))
    if (size !== ENTRY || !KINDS.includes(kind) || !/^[\x21-\x2e\x30-\x7e]{1,15}$/.test(path)) break
    if (at + ENTRY + length > bytes.size) break
    entries.push({ path, at: at + ENTRY, length })
    at += ENTRY + length
  }
  return entries
}
