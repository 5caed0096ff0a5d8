import { type Bytes, DER_SEQUENCE, derAt, derHeader, derOid, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import { readSuperblock } from '../squashfs/recognise.ts'
import { ENVELOPED_DATA, SIGNED_DATA } from './cms.ts'

/** Bytes of the blocks that the payload is made of. */
export const BLOCK = 4096
const TAIL = 8
/** RAUC takes signatures of 64 KiB unless it is told otherwise. */
const MOST_SIGNATURE = 1024 * 1024

/** The parts of a bundle (RAUC reference, "Bundle Formats"). */
export interface RaucBundle {
  /** SquashFS, in the clear or encrypted, and the hash tree of dm-verity behind it. */
  readonly payload: Stored
  /** The CMS structure. */
  readonly signature: Stored
  /** Whether the CMS structure is enveloped, so that the manifest in it cannot be read without a key. */
  readonly enveloped: boolean
  /** Bytes of the SquashFS, padding included; undefined where the payload is encrypted. */
  readonly squashfs: number | undefined
  readonly end: number
}

/** The bundle at `at`: blocks, then a CMS structure, then its size in 8 bytes, big endian. */
export function parseRaucBundle(bytes: Bytes, at: number): RaucBundle | undefined {
  if (latin1(bytes.view(at, Math.min(4, bytes.size - at))) === 'hsqs') {
    const used = readSuperblock(bytes, at)?.bytesUsed
    return used === undefined ? undefined : plainBundle(bytes, at, Math.ceil(used / BLOCK))
  }
  for (let blocks = 1; at + blocks * BLOCK + TAIL < bytes.size; blocks++) {
    const found = bundleWith(bytes, at, blocks)
    if (found) return { ...found, squashfs: undefined }
  }
  return undefined
}

/** The signature comes right behind the SquashFS or behind its hash tree, whose size follows from that of the data. */
function plainBundle(bytes: Bytes, at: number, blocks: number): RaucBundle | undefined {
  const found =
    bundleWith(bytes, at, blocks) ?? bundleWith(bytes, at, blocks + levelsOf(blocks).reduce(sum, 0))
  return found && { ...found, squashfs: blocks * BLOCK }
}

function bundleWith(bytes: Bytes, at: number, blocks: number): Omit<RaucBundle, 'squashfs'> | undefined {
  const cmsAt = at + blocks * BLOCK
  if (cmsAt + 32 > bytes.size) return undefined
  const head = bytes.view(cmsAt, 32)
  const outer = derHeader(head, 0)
  if (outer?.tag !== DER_SEQUENCE || outer.end > MOST_SIGNATURE) return undefined
  const type = derOid(head, derAt(head, outer.at))
  if (type !== SIGNED_DATA && type !== ENVELOPED_DATA) return undefined
  const tailAt = cmsAt + outer.end
  if (tailAt + TAIL > bytes.size) return undefined
  if (new Reader(bytes.view(tailAt, TAIL), 'big').size64() !== outer.end) return undefined
  return {
    payload: { at, length: blocks * BLOCK },
    signature: { at: cmsAt, length: outer.end },
    enveloped: type === ENVELOPED_DATA,
    end: tailAt + TAIL,
  }
}

/** Whether a stretch ends as a bundle does: cheap enough to be asked of every stretch. */
export function endsAsBundle(bytes: Bytes, start: number, end: number): boolean {
  if (end - start < BLOCK + 32 + TAIL) return false
  const size = new Reader(bytes.view(end - TAIL, TAIL), 'big').size64()
  const payload = end - TAIL - size - start
  if (size > MOST_SIGNATURE || payload < BLOCK || payload % BLOCK !== 0) return false
  return bundleWith(bytes, start, payload / BLOCK)?.end === end
}

/** Blocks of each level of the hash tree over so many blocks of data, the lowest first: 128 digests fit in one. */
export function levelsOf(blocks: number): readonly number[] {
  const levels: number[] = []
  for (let left = blocks; left > 1; ) {
    left = Math.ceil(left / 128)
    levels.push(left)
  }
  return levels
}

/** Blocks of data in so many blocks of data and hash tree; undefined where none fit. */
export function dataBlocksOf(blocks: number): number | undefined {
  let [low, high] = [1, blocks]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (middle + levelsOf(middle).reduce(sum, 0) < blocks) low = middle + 1
    else high = middle
  }
  return low + levelsOf(low).reduce(sum, 0) === blocks ? low : undefined
}

function sum(a: number, b: number): number {
  return a + b
}

/** What the manifest says of the bundle itself (its section `bundle`). */
export interface BundleManifest {
  readonly format: string | undefined
  /** Digests and salt in hex. */
  readonly verityHash: string | undefined
  readonly veritySalt: string | undefined
  /** Bytes of the hash tree. */
  readonly veritySize: number | undefined
  readonly cryptKey: Uint8Array | undefined
}

/** @param content key files as GLib has them: sections in brackets, `key=value` */
export function parseBundleManifest(content: Uint8Array): BundleManifest {
  const values = new Map<string, string>()
  let section = ''
  for (const line of latin1(content).split('\n')) {
    const header = /^\s*\[([^\]]*)\]/.exec(line)
    if (header) section = header[1] as string
    const pair = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line)
    if (pair && section === 'bundle') values.set(pair[1] as string, pair[2] as string)
  }
  const hex = (name: string) => /^(?:[0-9a-f]{2})+$/i.exec(values.get(name) ?? '')?.[0].toLowerCase()
  const key = hex('crypt-key')
  return {
    format: values.get('format'),
    verityHash: hex('verity-hash'),
    veritySalt: hex('verity-salt'),
    veritySize: /^\d{1,15}$/.test(values.get('verity-size') ?? '')
      ? Number(values.get('verity-size'))
      : undefined,
    cryptKey: key?.length === 64 ? Buffer.from(key, 'hex') : undefined,
  }
}
