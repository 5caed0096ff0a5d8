import { type Bytes, Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'

/** What stands in the first block of an APFS container (little endian). */
interface Superblock {
  /** Bytes. */
  readonly blockSize: number
  readonly blocks: number
  /** Behind the areas in which copies of this block and of what it needs stand in turn. */
  readonly firstBehind: number
}

const MAGIC = 'NXSB'
const MAGIC_AT = 32
const LEAST_BLOCK = 4096
const TYPE = 1
/** Every container's first block has this number. */
const ID = 1
/** An area that does not lie in one piece says so in the upper bit of its length. */
const SCATTERED = 0x8000_0000
/** Apple's variant of Fletcher's checksum is taken modulo this. */
const MODULUS = 0xffff_ffff

export const apfs: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'apfs',
  title: 'APFS container (recognised only)',
  references: ['Apple, "Apple File System Reference", section Container'],
  limits: [
    'recognised only: volumes and files in it are not read; what lies in it is one content, in which other formats are found',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const superblock = readSuperblock(bytes, at)
    if (!superblock) return undefined
    return { start: at, end: Math.min(at + superblock.blocks * superblock.blockSize, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { blockSize, blocks, firstBehind } = readSuperblock(bytes, start) as Superblock
    problem('unsupported', 'an APFS container is recognised only: its volumes and files are not read')
    const content = { at: start + firstBehind * blockSize, length: (blocks - firstBehind) * blockSize }
    yield announced(bytes, 'blocks', content, problem)
  }),
}

function readSuperblock(bytes: Bytes, start: number): Superblock | undefined {
  if (start + LEAST_BLOCK > bytes.size) return undefined
  const head = bytes.view(start, LEAST_BLOCK)
  const u32 = (at: number) => new Reader(head, 'little', at).u32()
  const u64 = (at: number) => new Reader(head, 'little', at).size64()
  const [blockSize, blocks] = [u32(36), u64(40)]
  const isNumbered = u64(8) === ID && (u32(24) & 0xffff) === TYPE
  if (new Reader(head, 'little', MAGIC_AT).latin1(4) !== MAGIC || !isNumbered) return undefined
  if (blockSize < LEAST_BLOCK || blockSize > 65_536 || (blockSize & (blockSize - 1)) !== 0) return undefined
  const areas = [behind(u32(104), u64(112)), behind(u32(108), u64(120))]
  const firstBehind = Math.max(1, ...areas)
  if (!(blocks > firstBehind && blocks * blockSize <= Number.MAX_SAFE_INTEGER)) return undefined
  if (start + blockSize > bytes.size || !isSound(bytes.view(start, blockSize))) return undefined
  return { blockSize, blocks, firstBehind }
}

/** The block behind an area; 0 where it is scattered. */
function behind(blocks: number, first: number): number {
  return blocks >= SCATTERED ? 0 : first + blocks
}

/** The checksum in the first eight bytes is over all words behind it. */
function isSound(block: Uint8Array): boolean {
  const reader = new Reader(block, 'little', 8)
  let [low, high] = [0, 0]
  while (reader.left >= 4) {
    low = (low + reader.u32()) % MODULUS
    high = (high + low) % MODULUS
  }
  const first = MODULUS - ((low + high) % MODULUS)
  const second = MODULUS - ((low + first) % MODULUS)
  const stored = new Reader(block, 'little')
  return stored.u32() === first % 2 ** 32 && stored.u32() === second % 2 ** 32
}
