import { type ContainerFormat, FormatError } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { fillFile, holesOf } from './content.ts'
import { findLeaves } from './leaves.ts'
import { MAGIC, readSuperblock, type Superblock } from './nodes.ts'
import { listTree, type UbifsMember } from './tree.ts'

export const ubifs: ContainerFormat<readonly UbifsMember[]> = {
  kind: 'container',
  name: 'ubifs',
  title: 'UBIFS (lzo, zlib, zstd)',
  references: ['Linux kernel, fs/ubifs/ubifs-media.h', 'Linux kernel, fs/ubifs/{master,log,replay,tnc}.c'],
  limits: [
    'encrypted names and contents (fscrypt) are not decrypted',
    'hashes and signatures of authenticated images are not checked',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    return (
      superblock && { start: at, end: Math.min(at + superblock.blocks * superblock.blockSize, bytes.size) }
    )
  },

  *open(bytes, region, problem) {
    const superblock = readSuperblock(bytes, region.start) as Superblock
    if ((region.end - region.start) % superblock.blockSize !== 0)
      problem('truncated', 'the last erase block is cut off')
    const found = findLeaves(bytes, region, superblock, problem)
    yield* inBatches(listTree(bytes, region, found, problem), ({ file }) => file?.size ?? 0)
  },

  read(bytes, region, plan, sink) {
    for (const { meta, file } of plan) {
      if (!file) {
        sink.entry(meta)
        continue
      }
      sink.file(meta, file.size, (out) => {
        if (file.encrypted) throw new FormatError('unsupported', 'its content is encrypted')
        const lost = fillFile(bytes, region, file, out)
        const holes = file.damaged ? holesOf(file) : 0
        for (const [code, count] of lost)
          sink.problem(code, `${count} blocks are not there or damaged; they are shown as zeros`, meta.path)
        if (holes > 0) sink.problem('structure', `${holes} blocks are holes, or were lost`, meta.path)
      })
    }
  },
}
