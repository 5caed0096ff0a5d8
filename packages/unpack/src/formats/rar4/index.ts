import { type Bytes, rar3Decompress } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { acrossVolumes, type RarJob, type RarMember, rarBatches, readRar } from '../rar-jobs.ts'
import { BLOCK, blocksOf, isEncrypted, isRar4, MAGIC } from './blocks.ts'
import { memberOf } from './member.ts'

export const rar4: ContainerFormat<readonly RarJob[]> = {
  kind: 'container',
  name: 'rar4',
  title:
    'RAR archive of versions 1.5 to 4 (stored; compressed by 3 and 4, solid; delta, x86, sound and picture filters)',
  references: [
    'TechNote.txt of RAR 4 (archive layout)',
    'libarchive, archive_read_support_format_rar.c',
    'XADMaster (The Unarchiver), XADRAR30Handle',
  ],
  limits: [
    'encrypted members are named and not read; of an archive whose headers are encrypted nothing is listed',
    'of volumes, those that are handed in together, or lie in one folder, are read as one',
    'what RAR 1.5 and 2 compressed is named and not undone',
    'filters with a program of their own, and that for Itanium, are named and not undone',
    'times of MS-DOS are taken for UTC; owners are not told',
    'comments and recovery records are not shown; an archive with a comment of RAR 2 is not recognised',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    if (!isRar4(bytes, at)) return undefined
    let end: number | undefined
    for (const block of blocksOf(bytes, at)) end = block.end
    return end === undefined ? undefined : { start: at, end: Math.min(end, bytes.size) }
  },

  open: (bytes, region, problem) =>
    rarBatches(bytes, acrossVolumes(membersOf(bytes, region, problem)), problem),

  read: (bytes, _region, plan, sink) => readRar(bytes, plan, rar3Decompress, sink),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<RarMember> {
  let hasEnd = false
  for (const block of blocksOf(bytes, start)) {
    hasEnd = block.type === BLOCK.end || isEncrypted(block)
    if (block.type === BLOCK.file) yield memberOf(block)
    if (isEncrypted(block)) problem('unsupported', 'its headers are encrypted')
  }
  if (!hasEnd) problem('truncated', 'the archive has no end')
}
