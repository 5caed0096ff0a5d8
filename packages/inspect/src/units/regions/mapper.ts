import { hash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { Mapper } from '@messlatte/unpack'

/** A file inside of a container, by its content. */
export interface FileDigest {
  /** Path below the container that holds it. */
  readonly inner: string
  readonly path: string
  /** Hex. */
  readonly sha256: string
}

/** A recognised region, or a stretch that no format claims. */
export interface RegionDigest {
  readonly path: string
  readonly sha256: string
  /** Of each block of 4 KiB from its start, the first six bytes of SHA-256, base64; blocks of one repeated byte are left out. */
  readonly blocks: string
}

export interface RegionsOutput {
  readonly files: readonly FileDigest[]
  readonly regions: readonly RegionDigest[]
}

export const BLOCK = 4096
export const BLOCK_DIGEST = 6
/** For one thread: 4 GiB of regions. */
const MOST_BLOCKS = 1_048_576
const MOST_FILES = 500_000

/** Digests of what is inside, for a comparison with another dump or release. */
export function regionsMapper(withBlocks = true): Mapper<RegionsOutput> {
  let files: FileDigest[] = []
  let regions: RegionDigest[] = []
  let [blocks, counted] = [0, 0]
  return {
    visitor: {
      visit(found) {
        const { bytes, type, path, inner, root } = found
        if (bytes.size === 0) return
        if (type === 'file' && root !== '' && counted < MOST_FILES) {
          counted++
          files.push({ inner, path, sha256: found.sha256() })
        }
        if (type !== 'region' && type !== 'unknown' && root !== '') return
        const room = withBlocks ? Math.max(0, MOST_BLOCKS - blocks) : 0
        const own = blockDigests(bytes, room)
        blocks += Math.ceil(bytes.size / BLOCK)
        regions.push({ path, sha256: found.sha256(), blocks: own.toString('base64') })
      },
    },
    take() {
      const taken = { files, regions }
      files = []
      regions = []
      return taken.files.length + taken.regions.length > 0 ? taken : undefined
    },
  }
}

function blockDigests(bytes: Bytes, most: number): Buffer {
  const count = Math.min(most, Math.floor(bytes.size / BLOCK))
  const digests = Buffer.alloc(count * BLOCK_DIGEST)
  let end = 0
  for (let at = 0; at < count; at++) {
    const block = bytes.view(at * BLOCK, BLOCK)
    if (isOneByte(block)) continue
    hash('sha256', block, 'buffer').copy(digests, end, 0, BLOCK_DIGEST)
    end += BLOCK_DIGEST
  }
  return digests.subarray(0, end)
}

function isOneByte(block: Uint8Array): boolean {
  const [first] = block
  return block.every((byte) => byte === first)
}
