import { type Bytes, Reader } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, type Stored, type StoredMember, storedAsIs, sumOf } from '../members.ts'
import { nameOfAddress } from '../stretches.ts'

const MAGIC = 'B000FF\n'
const HEADER = 15
const RECORD = 12
const MOST_RECORDS = 100_000

export const wince: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'wince',
  title: 'Windows CE binary image (B000FF)',
  references: ['Microsoft, Windows CE binary image data format (.bin)', 'binwalk 3, src/structures/wince.rs'],
  limits: [
    'the modules within (ROMHDR) are not listed',
    'an image that is cut off is not recognised: its last record tells that it is one',
  ],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = recordsOf(bytes, at)
    return image && { start: at, end: image.end }
  },

  ...storedAsIs(membersOf),
}

interface Block extends Stored {
  readonly address: number
  readonly checksum: number
}

/** Records (little endian) until one with the address zero, which ends them; the first begins where the image does. */
function recordsOf(
  bytes: Bytes,
  start: number,
): { readonly records: readonly Block[]; readonly end: number } | undefined {
  if (start + HEADER > bytes.size) return undefined
  const header = new Reader(bytes.view(start, HEADER), 'little')
  if (header.latin1(MAGIC.length) !== MAGIC) return undefined
  const [first, size] = [header.u32(), header.u32()]
  const records: Block[] = []
  for (let at = start + HEADER; at + RECORD <= bytes.size && records.length < MOST_RECORDS; ) {
    const reader = new Reader(bytes.view(at, RECORD), 'little')
    const [address, length, checksum] = [reader.u32(), reader.u32(), reader.u32()]
    if (address === 0) return records[0]?.address === first ? { records, end: at + RECORD } : undefined
    if (address < first || address + length > first + size) return undefined
    records.push({ address, checksum, at: at + RECORD, length })
    at += RECORD + length
  }
  return undefined
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  for (const { address, checksum, at, length } of recordsOf(bytes, start)?.records ?? []) {
    const path = nameOfAddress(address)
    if (sumOf(bytes, at, length) !== checksum) problem('checksum', 'the sum of its bytes differs', path)
    yield announced(bytes, path, { at, length }, problem)
  }
}
