import { type Bytes, rar5Decompress } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { acrossVolumes, type RarJob, type RarMember, rarBatches, readRar } from '../rar-jobs.ts'
import { BLOCK, blocksOf, isRar5, MAGIC } from './blocks.ts'
import { Rar5Keys } from './keys.ts'
import { memberOf } from './member.ts'

export const rar5: ContainerFormat<readonly RarJob[]> = {
  kind: 'container',
  name: 'rar5',
  title: 'RAR archive of version 5 (stored and compressed, solid; delta, x86 and ARM filters)',
  references: [
    'RAR 5.0 archive format (rarlab.com, technote)',
    'libarchive, archive_read_support_format_rar5.c',
  ],
  limits: [
    'encrypted members are read with the password (`--key`), which the archive has to prove; without it they are named, and where headers are encrypted nothing is listed',
    'of volumes, those that are handed in together, or lie in one folder, are read as one',
    'the compression that RAR 7 uses for dictionaries over 4 GB is named and not undone',
    'dictionaries over 128 MiB are told, where as much comes out',
    'BLAKE2sp digests are not compared; CRC-32 is',
    'comments, streams and access lists of NTFS, and recovery records are not shown',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at, keys) {
    if (!isRar5(bytes, at)) return undefined
    let end: number | undefined
    for (const block of blocksOf(bytes, at, keys && new Rar5Keys(keys))) end = block.end
    return end === undefined ? undefined : { start: at, end: Math.min(end, bytes.size) }
  },

  open: (bytes, region, problem, keys) =>
    rarBatches(bytes, acrossVolumes(membersOf(bytes, region, problem, new Rar5Keys(keys))), problem),

  read: (bytes, _region, plan, sink) => readRar(bytes, plan, rar5Decompress, sink),
}

function* membersOf(
  bytes: Bytes,
  { start }: Region,
  problem: Sink['problem'],
  keys: Rar5Keys,
): Generator<RarMember> {
  let last: number = BLOCK.main
  for (const block of blocksOf(bytes, start, keys)) {
    last = block.type
    if (block.type === BLOCK.file) yield memberOf(block, keys)
    if (block.type === BLOCK.encryption) problem('unsupported', 'its headers are encrypted')
  }
  if (last !== BLOCK.end && last !== BLOCK.encryption) problem('truncated', 'the archive has no end')
}
