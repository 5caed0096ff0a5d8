import { cString, latin1, Reader } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../../contract.ts'
import { type InodeMember, type InodeName, listInodes } from '../inode-tree.ts'
import { deviceOfNumber, typeOfMode } from '../members.ts'
import { Contents, codeOf } from './content.ts'
import { type Inode, readInode } from './inode.ts'
import { inodeNumber } from './superblock.ts'
import type { Volume } from './volume.ts'
import { Attributes } from './xattrs.ts'

/** A file, by the number of its inode. */
export interface ErofsFile {
  readonly inode: number
  /** Bytes. */
  readonly size: number
}

export type ErofsMember = InodeMember<ErofsFile>

const ENTRY = 12
const DIRECTORY = 2
const MOST_TARGET = 4096
/** Of a name, in bytes: names do not share them. */
const MOST_NAME = 255
/** Of one directory, in bytes. */
const MOST_DIRECTORY = 64 * 1024 * 1024

/** Lists the tree from its root. */
export function listTree(volume: Volume, problem: Sink['problem']): Iterable<ErofsMember> {
  const contents = new Contents(volume)
  const attributes = new Attributes(volume, contents)
  // Directories may overlap: together they cannot be much larger than the file system.
  let left = 16 * volume.size + MOST_DIRECTORY

  function attempt<T>(path: string, action: () => T): T | undefined {
    try {
      return action()
    } catch (error) {
      const code = codeOf(error)
      if (code === undefined) throw error
      problem(code, (error as Error).message, path)
      return undefined
    }
  }

  function describe(number: number, path: string): EntryMeta | undefined {
    const inode = attempt(path, () => readInode(volume, number))
    if (!inode) return undefined
    const type = typeOfMode(inode.mode)
    if (type === undefined || inode.mode === 0) {
      problem('structure', `mode ${inode.mode.toString(8)} is of no known type`, path)
      return undefined
    }
    const xattrs = attempt(path, () => attributes.of(inode))
    const target =
      type === 'symlink' ? attempt(path, () => latin1(contents.whole(inode, MOST_TARGET))) : undefined
    return {
      path,
      type,
      mode: inode.mode & 0o7777,
      uid: inode.uid,
      gid: inode.gid,
      mtime: inode.mtime,
      ...(target === undefined ? {} : { target }),
      ...(type === 'character' || type === 'block' ? { device: deviceOfNumber(inode.word) } : {}),
      ...(xattrs ? { xattrs } : {}),
    }
  }

  function within(number: number, path: string): readonly InodeName[] {
    const names: InodeName[] = []
    attempt(path, () => {
      const inode = readInode(volume, number)
      const content = contents.whole(inode, Math.min(MOST_DIRECTORY, left))
      left -= content.length
      const { directoryBlock } = volume.superblock
      for (let at = 0; at < content.length; at += directoryBlock) {
        for (const name of namesIn(content.subarray(at, at + directoryBlock))) names.push(name)
      }
    })
    return names
  }

  function content(number: number): ErofsFile {
    return { inode: number, size: attempt('', (): Inode => readInode(volume, number))?.size ?? 0 }
  }

  const root = volume.superblock.root
  return listInodes<ErofsFile>({ root, describe, within, content, parents: () => [] }, problem)
}

/** Names in one block of a directory: entries of twelve bytes, and the names behind them. */
export function* namesIn(block: Uint8Array): Generator<InodeName> {
  const data = new DataView(block.buffer, block.byteOffset, block.length)
  if (block.length < ENTRY) return
  const first = data.getUint16(8, true)
  // The first name begins where the entries end.
  const count = Math.floor(Math.min(first, block.length) / ENTRY)
  for (let i = 0; i < count; i++) {
    const from = data.getUint16(i * ENTRY + 8, true)
    const end = i + 1 < count ? data.getUint16((i + 1) * ENTRY + 8, true) : block.length
    const name = cString(block.subarray(from, Math.min(end, from + MOST_NAME)))
    const inode = inodeNumber(new Reader(block, 'little', i * ENTRY))
    const isDirectory = data.getUint8(i * ENTRY + 10) === DIRECTORY
    if (name !== '.' && name !== '..') yield { name, inode, isDirectory }
  }
}
