import { FormatError } from '../../contract.ts'

interface Common {
  readonly mode: number
  readonly uidIndex: number
  /** Undefined where the group has the user's number. */
  readonly gidIndex: number | undefined
  /** Seconds since 1970; versions 1 and 2 keep it for files and directories only. */
  readonly mtime: number | undefined
  readonly number: number
  readonly links: number
  readonly xattr: number
}

export type InodeBase = Omit<Common, 'links' | 'xattr'>

export type Inode =
  | (Common & {
      readonly type: 'directory'
      readonly block: number
      readonly offset: number
      readonly size: number
    })
  | (Common & {
      readonly type: 'file'
      readonly start: number
      readonly size: number
      readonly fragment: number
      readonly fragmentOffset: number
      readonly sizeWords: readonly number[]
    })
  | (Common & { readonly type: 'symlink'; readonly target: string })
  | (Common & { readonly type: 'block' | 'character'; readonly major: number; readonly minor: number })
  | (Common & { readonly type: 'fifo' | 'socket' })

export const NO_FRAGMENT = 0xffff_ffff
export const NO_XATTR = 0xffff_ffff
/** Longest target of a link and longest list of blocks that are believed, in bytes. */
const MAX_TARGET = 65_536
const MAX_LIST = 16 * 1024 * 1024

/** Blocks that a file has of its own: its tail may lie in a fragment. */
export function countBlocks(size: number, fragment: number, blockSize: number): number {
  const blocks = fragment === NO_FRAGMENT ? Math.ceil(size / blockSize) : Math.floor(size / blockSize)
  if (!(blocks * 4 <= MAX_LIST)) throw new FormatError('structure', `a file of ${size} bytes is not believed`)
  return blocks
}

export function checkedTarget(length: number): number {
  if (length > MAX_TARGET)
    throw new FormatError('structure', `a link target of ${length} bytes is not believed`)
  return length
}

export function isUnusable(name: string): boolean {
  return name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')
}
