import type { Endian } from '@messlatte/bytes'

/** What all versions of the superblock tell; offsets are relative to it. */
export interface Superblock {
  readonly version: 1 | 2 | 3 | 4
  readonly endian: Endian
  readonly inodes: number
  readonly blockSize: number
  readonly fragments: number
  /** Versions before 4 do not name one: gzip is meant, and vendors take what they like. */
  readonly compressor: Compressor
  /** A marker byte stands behind the size of each metadata block. */
  readonly marked: boolean
  /** Of the size in front of each metadata block: AVM left it little-endian in its big-endian 4.0. */
  readonly lengths: Endian
  readonly owners: Owners
  /** Metadata reference: block offset in the inode table * 65536 + offset in the block. */
  readonly rootInode: bigint
  readonly bytesUsed: number
  readonly xattrTable: number
  readonly inodeTable: number
  readonly directoryTable: number
  readonly fragmentTable: number
}

/** Version 4 has one compressed table of all numbers, the others have plain lists of users and of groups. */
export type Owners =
  | { readonly kind: 'table'; readonly at: number }
  | {
      readonly kind: 'lists'
      readonly users: number
      readonly userCount: number
      readonly groups: number
      readonly groupCount: number
    }

export type Compressor = 'gzip' | 'lzma' | 'lzo' | 'xz' | 'lz4' | 'zstd'

/** Flag: a marker byte stands behind the size of each metadata block. */
export const MARKED = 4
export const ABSENT = Number.POSITIVE_INFINITY
