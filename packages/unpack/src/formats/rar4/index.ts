import { type Bytes, latin1, rar3Decompress } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { type RarJob, type RarMember, rarBatches, readRar } from '../rar-jobs.ts'
import { BLOCK, blockAt, type Rar4Block } from './blocks.ts'
import { memberOf } from './member.ts'

const MAGIC = 'Rar!\x1a\x07\0'
const MOST_BLOCKS = 1_000_000
/** Of the main header. */
const ENCRYPTED = 0x80

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
    'members that go on in another volume are named and not read',
    'what RAR 1.5 and 2 compressed is named and not undone',
    'filters with a program of their own, and that for Itanium, are named and not undone',
    'times of MS-DOS are taken for UTC; owners are not told',
    'comments and recovery records are not shown; an archive with a comment of RAR 2 is not recognised',
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

  read: (bytes, _region, plan, sink) => readRar(bytes, plan, rar3Decompress, sink),
}

/** From the main header on to the mark of the end. */
function* blocksOf(bytes: Bytes, start: number): Generator<Rar4Block> {
  let at = start + MAGIC.length
  for (let count = 0; count < MOST_BLOCKS; count++) {
    const block = blockAt(bytes, at)
    if (!block || (count === 0) !== (block.type === BLOCK.main)) return
    yield block
    if (block.type === BLOCK.end || isEncrypted(block)) return
    at = block.end
  }
}

function isEncrypted({ type, flags }: Rar4Block): boolean {
  return type === BLOCK.main && (flags & ENCRYPTED) !== 0
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
