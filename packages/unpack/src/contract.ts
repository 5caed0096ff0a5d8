import type { Bytes, Extent, StreamEnd } from '@messlatte/bytes'
import type { DamageNote } from '@messlatte/model'
import type { Layout } from './layout/partition.ts'

/** Bytes by which a format is found: at `at` bytes behind the start of the region. */
export interface Magic {
  /** Byte string, one character per byte. */
  readonly bytes: string
  readonly at: number
}

interface FormatManifest {
  /** Lower case, as it stands in nest paths: `squashfs`. */
  readonly name: string
  readonly title: string
  /** Where the layout is described: documents and sections. */
  readonly references: readonly string[]
  /** What this reader does not do; shown to users. */
  readonly limits: readonly string[]
  /** Why it is recognised, and no more; a format that nobody could try on a real file says so. */
  readonly recognisedOnly?: string
  /** Empty only where `candidates` says where to look, or where it `spreads`. */
  readonly magic: readonly Magic[]
  /**
   * For structures without a magic at a fixed place: offsets in a stretch that no magic claims, in ascending order, at
   * which `recognise` is worth a try. Linear in the stretch.
   */
  candidates?(bytes: Bytes, gap: Region): Iterable<number>
  /**
   * True for what is woven through all of a content and tears apart what lies within: `recognise` is tried at its start,
   * before any magic.
   */
  readonly spreads?: true
  /** False where the magic is too weak to be searched for at every offset: then it is tried at the start of an artefact only. */
  readonly carve: boolean
  /**
   * True for a leaf that only has to be accounted for. The stretch around it stays one piece with it, so that a picture in
   * the middle of a firmware does not tear apart what checks look at.
   */
  readonly inlaid?: true
  /** What it says of how a flash chip is cut: names for the map of the file in which it lies. */
  layouts?(bytes: Bytes, region: Region): readonly Layout[]
}

/** Where a structure lies in its source, in bytes; `end` is behind its last byte. */
export interface Region {
  readonly start: number
  readonly end: number
}

export type EntryType =
  | 'file'
  | 'directory'
  | 'symlink'
  | 'hardlink'
  | 'character'
  | 'block'
  | 'fifo'
  | 'socket'

/** A member of a container as its format tells it. Byte strings have one character per byte; the frame escapes them. */
export interface EntryMeta {
  /** Byte string, `/`-separated, relative to the container. */
  readonly path: string
  readonly type: EntryType
  /** Permission bits, 0 to 0o7777. Left out where the container tells no rights. */
  readonly mode?: number
  /** Left out where the container tells no owner. */
  readonly uid?: number
  readonly gid?: number
  /** Seconds since 1970. */
  readonly mtime?: number
  /** Target of a link, as stored (byte string); never followed on the host. */
  readonly target?: string
  readonly device?: { readonly major: number; readonly minor: number }
  /**
   * Extended attributes: name (byte string) to value (hex). What a file system keeps of a file for fs-verity stands beside them,
   * under names that no attribute can have: see `VERITY`.
   */
  readonly xattrs?: Readonly<Record<string, string>>
  /**
   * True where the container itself says that this is a program for a processor: what lies between structures in it is
   * known to be its code and data, also behind a compression.
   */
  readonly program?: true
}

/** What of a file with fs-verity is shown beside its attributes. Linux has no name space `verity`. */
export const VERITY = {
  /** The descriptor with its signature, as the file system keeps it. */
  descriptor: 'verity.descriptor',
  /** Where the hash tree begins within the file system, in bytes (64 bits, big endian); only where it lies in one piece. */
  tree: 'verity.tree',
} as const

/** A key that the user handed in (`--key`). Formats that it does not fit leave it alone; it never enters a result. */
export interface KeyMaterial {
  /** Of the file, without its folder. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Takes what a container holds. All calls return before the next one; contents are consumed during the call. */
export interface Sink {
  /** A member without content of its own: directory, link, device. */
  entry(meta: EntryMeta): void
  /**
   * A file whose content must be put together: `fill` has to write all of `out` (zeroed), which is `size` bytes.
   * What it throws makes this one file damaged and nothing else.
   */
  file(meta: EntryMeta, size: number, fill: (out: Uint8Array) => void): void
  /** A file whose content lies as it is in the source, at `at`. */
  slice(meta: EntryMeta, at: number, length: number): void
  /**
   * A file that is put together of stretches of the source, in ascending order; all else of its `size` is zero. None of it
   * is held in memory, however large it is.
   */
  mapped(meta: EntryMeta, size: number, extents: readonly Extent[]): void
  /** A file that is decoded as a stream of unknown or large size. */
  stream(meta: EntryMeta, decode: (write: (chunk: Uint8Array) => void) => StreamEnd): void
  problem(code: DamageNote['code'], message: string, path?: string): void
  /** So many bytes of the container's own structures were read for its contents: they cost the run as contents do. */
  spend(bytes: number): void
  readonly keys: readonly KeyMaterial[]
}

/** A unit of work: what shares a compressed block. `plan` is plain data, because another thread may run it. */
export interface Batch<Plan> {
  /** Bytes that come out of it, as far as known. */
  readonly cost: number
  readonly entries: number
  readonly plan: Plan
}

/** Holds named members: file systems, archives, wrappers. */
export interface ContainerFormat<Plan = unknown> extends FormatManifest {
  readonly kind: 'container'
  /**
   * Cheap and strict: what cannot hold is refused. A region cut short by the end of the bytes ends there. Only what is encrypted from
   * its first byte on, and cannot be known without its key, looks at `keys`.
   */
  recognise(bytes: Bytes, at: number, keys?: readonly KeyMaterial[]): Region | undefined
  /** Lists the work. Problems of the metadata go to `problem`; what can be read is still listed. */
  open(
    bytes: Bytes,
    region: Region,
    problem: Sink['problem'],
    keys: readonly KeyMaterial[],
  ): Iterable<Batch<Plan>>
  /** Does one batch. May run on another thread than `open`. */
  read(bytes: Bytes, region: Region, plan: Plan, sink: Sink): void
  /** Stretches of the region that have names, such as partitions, for the map of a file; in any order, and as many as fit a table. */
  parts?(bytes: Bytes, region: Region, keys?: readonly KeyMaterial[]): Iterable<NamedPart>
}

/** A stretch with its name, which is also the path of a member. */
export interface NamedPart extends Region {
  /** Byte string. */
  readonly name: string
}

/** One compressed content; where it ends is known by decoding it. */
export interface StreamFormat extends FormatManifest {
  readonly kind: 'stream'
  /** Checks the header; true says that decoding is worth a try. */
  recognise(bytes: Bytes, at: number): boolean
  /** True where the magic is weak and there is no checksum: what does not decode to its end is not this format. */
  readonly onlyWhole?: true
  /** Name of the content where the header has one (byte string). */
  contentName?(bytes: Bytes, at: number): string | undefined
  decode(bytes: Bytes, at: number, write: (chunk: Uint8Array) => void): StreamEnd
}

/** A structure with known bounds that holds nothing to unpack. */
export interface LeafFormat extends FormatManifest {
  readonly kind: 'leaf'
  recognise(bytes: Bytes, at: number): Region | undefined
  /** Tells checksums that differ, and what else is wrong with a structure that was recognised all the same. */
  examine?(bytes: Bytes, region: Region, problem: Sink['problem']): void
}

// biome-ignore lint/suspicious/noExplicitAny: each container's plan is private to it; the registry only carries it
export type Format = ContainerFormat<any> | StreamFormat | LeafFormat

export type FormatErrorCode = DamageNote['code']

/** Thrown by readers; costs the entry or batch that it comes from. */
export class FormatError extends Error {
  readonly code: FormatErrorCode
  constructor(code: FormatErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'FormatError'
    this.code = code
  }
}
