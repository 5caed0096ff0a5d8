import { type Bytes, rar3Decompress } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { acrossVolumes, type RarJob, type RarMember, rarBatches, readRar } from '../rar-jobs.ts'
import { BLOCK, blocksOf, isEncrypted, isRar4, MAGIC, type Rar4Block } from './blocks.ts'
import { Rar4Keys } from './keys.ts'
import { memberOf, unlocked } from './member.ts'
import { passwordOf } from './unlock.ts'

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
    'encrypted members are read with the password (`--key`, up to 28 characters), but not over volumes; without it they are named, and where headers are encrypted nothing is listed',
    'of volumes, those that are handed in together, or lie in one folder, are read as one',
    'what RAR 1.5 and 2 compressed is named and not undone',
    'filters with a program of their own, and that for Itanium, are named and not undone',
    'times of MS-DOS are taken for UTC; owners are not told',
    'comments and recovery records are not shown; an archive with a comment of RAR 2 is not recognised',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at, keys) {
    if (!isRar4(bytes, at)) return undefined
    let end: number | undefined
    for (const block of blocksOf(bytes, at, keys && new Rar4Keys(keys))) end = block.end
    return end === undefined ? undefined : { start: at, end: Math.min(end, bytes.size) }
  },

  open: (bytes, region, problem, keys) =>
    rarBatches(bytes, acrossVolumes(membersOf(bytes, region, problem, new Rar4Keys(keys))), problem),

  read: (bytes, _region, plan, sink) => readRar(bytes, plan, rar3Decompress, sink),
}

function* membersOf(
  bytes: Bytes,
  { start }: Region,
  problem: Sink['problem'],
  keys: Rar4Keys,
): Generator<RarMember> {
  const password = passwordOf(bytes, start, keys)
  let last: Rar4Block | undefined
  for (const block of blocksOf(bytes, start, keys)) {
    last = block
    if (block.type === BLOCK.file) yield unlocked(memberOf(block), keys, password)
  }
  if (last && isEncrypted(last)) problem('unsupported', 'its headers are encrypted')
  else if (last?.type !== BLOCK.end) problem('truncated', 'the archive has no end')
}
