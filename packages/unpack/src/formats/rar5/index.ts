import { type Bytes, latin1, rar5Decompress } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { type RarJob, type RarMember, rarBatches, readRar } from '../rar-jobs.ts'
import { BLOCK, blockAt, type Rar5Block } from './blocks.ts'
import { memberOf } from './member.ts'

const MAGIC = 'Rar!\x1a\x07\x01\0'
const MOST_BLOCKS = 1_000_000

export const rar5: ContainerFormat<readonly RarJob[]> = {
  kind: 'container',
  name: 'rar5',
  title: 'RAR archive of version 5 (stored and compressed, solid; delta, x86 and ARM filters)',
  references: [
    'RAR 5.0 archive format (rarlab.com, technote)',
    'libarchive, archive_read_support_format_rar5.c',
  ],
  limits: [
    'encrypted members are named and not read; of an archive whose headers are encrypted nothing is listed',
    'members that go on in another volume are named and not read',
    'the compression that RAR 7 uses for dictionaries over 4 GB is named and not undone',
    'dictionaries over 128 MiB are told, where as much comes out',
    'BLAKE2sp digests are not compared; CRC-32 is',
    'comments, streams and access lists of NTFS, and recovery records are not shown',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    if (at + MAGIC.length > bytes.size || latin1(bytes.view(at, MAGIC.length)) !== MAGIC) return undefined
    let end: number | undefined
    for (const block of blocksOf(bytes, at)) end = block.end
    return end === undefined ? undefined : { start: at, end: Math.min(end, bytes.size) }
  },

  open: (bytes, region, problem) => rarBatches(bytes, membersOf(bytes, region, problem), problem),

  read: (bytes, _region, plan, sink) => readRar(bytes, plan, rar5Decompress, sink),
}

/** From the main header, or that of an encryption, on to the mark of the end. */
function* blocksOf(bytes: Bytes, start: number): Generator<Rar5Block> {
  let at = start + MAGIC.length
  for (let count = 0; count < MOST_BLOCKS; count++) {
    const block = blockAt(bytes, at)
    if (!block || (count === 0) !== (block.type === BLOCK.main || block.type === BLOCK.encryption)) return
    yield block
    // What follows are encrypted headers.
    if (block.type === BLOCK.end || block.type === BLOCK.encryption) return
    at = block.end
  }
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<RarMember> {
  let last: number = BLOCK.main
  for (const block of blocksOf(bytes, start)) {
    last = block.type
    if (block.type === BLOCK.file) yield memberOf(block)
    if (block.type === BLOCK.encryption) problem('unsupported', 'its headers are encrypted')
  }
  if (last !== BLOCK.end && last !== BLOCK.encryption) problem('truncated', 'the archive has no end')
}
