import type { ContainerFormat } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { quietly } from '../telling.ts'
import { showFile } from './content.ts'
import { type BtrfsMember, listSubvolumes } from './subvolumes.ts'
import { MAGIC, MAGIC_AT, readSuperblock } from './superblock.ts'
import { Volume } from './volume.ts'

export const btrfs: ContainerFormat<readonly BtrfsMember[]> = {
  kind: 'container',
  name: 'btrfs',
  title: 'btrfs (with subvolumes and snapshots; zlib, LZO and Zstandard)',
  references: [
    'btrfs documentation, dev/On-disk-format',
    'Linux kernel, include/uapi/linux/btrfs_tree.h and fs/btrfs/{zlib,lzo,zstd}.c',
  ],
  limits: [
    'what lies on other devices, or in stripes over several, is not read',
    'the log is not replayed; an image that needs it says so',
    'copies of the superblock are not used',
    'checksums other than CRC-32C and SHA-256 are not compared, and those of contents only as CRC-32C',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    if (!superblock) return undefined
    const region = { start: at, end: Math.min(at + superblock.length, bytes.size) }
    return quietly(() => new Volume(bytes, region)) && region
  },

  *open(bytes, region, problem) {
    const volume = new Volume(bytes, region, (error) => problem('structure', error.message))
    const { length, sound, log, devices } = volume.superblock
    if (sound === false) problem('checksum', 'the checksum of the superblock differs')
    if (region.start + length > region.end)
      problem('truncated', `${length} bytes are announced, ${region.end - region.start} are there`)
    if (devices > 1) problem('unsupported', `it is spread over ${devices} devices; this is one of them`)
    if (log !== 0) problem('unsupported', 'it was not unmounted: what its log holds is not replayed')
    yield* inBatches(listSubvolumes(volume, problem), ({ file }) => file?.size ?? 0)
  },

  read(bytes, region, plan, sink) {
    const volume = new Volume(bytes, region)
    for (const { meta, file } of plan) {
      if (file) showFile(volume, file, meta, sink)
      else sink.entry(meta)
    }
  },
}
