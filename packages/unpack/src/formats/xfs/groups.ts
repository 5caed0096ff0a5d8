import { latin1, Reader } from '@messlatte/bytes'
import { u16At, u32At, type Volume } from './volume.ts'

/** Numbers of the inodes in a group, as its tree of them says. */
export function* inodesOf(volume: Volume, group: number): Generator<number> {
  const { superblock, bytes, region } = volume
  const { groupBits, inodeBits, groupBlocks, blockSize, sectorSize, version } = superblock
  const at = region.start + group * groupBlocks * blockSize + 2 * sectorSize
  if (at + sectorSize > region.end) return
  const header = bytes.view(at, sectorSize)
  const size = version === 5 ? 56 : 16
  const seen = new Set<number>()
  const pending = latin1(header.subarray(0, 4)) === 'XAGI' ? [u32At(header, 20)] : []
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next) || next >= groupBlocks) continue
    seen.add(next)
    const block = volume.block(group * 2 ** groupBits + next)
    if (latin1(block.subarray(0, 3)) !== 'IAB') continue
    const [level, count] = [u16At(block, 4), u16At(block, 6)]
    const most = Math.floor((block.length - size) / (level > 0 ? 8 : 16))
    for (let i = 0; i < Math.min(count, most); i++) {
      if (level > 0) {
        pending.push(u32At(block, size + most * 4 + i * 4))
        continue
      }
      const reader = new Reader(block, 'big', size + i * 16)
      const first = group * 2 ** (groupBits + inodeBits) + reader.u32()
      reader.skip(4)
      const free = reader.u64()
      for (let bit = 0; bit < 64; bit++) if (((free >> BigInt(bit)) & 1n) === 0n) yield first + bit
    }
  }
}
