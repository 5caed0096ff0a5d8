import { cString, latin1, Reader } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Sink } from '../../contract.ts'
import { type InodeMember, type InodeName, listInodes } from '../inode-tree.ts'
import { deviceOfNumber, typeOfMode } from '../members.ts'
import type { Trouble } from '../pieces.ts'
import { quietly, telling } from '../telling.ts'
import { namesIn } from './directory.ts'
import { ADVICE, INLINE, type Inode, readInode } from './inode.ts'
import { HOLE, KEPT, tablesOf } from './map.ts'
import { BLOCK } from './superblock.ts'
import type { Volume } from './volume.ts'
import { attributesOf } from './xattrs.ts'

/** A file, by the number of its inode. */
export interface F2fsFile {
  readonly inode: number
  /** Bytes that may have to be read. */
  readonly cost: number
}

export type F2fsMember = InodeMember<F2fsFile>

/** Linux takes no longer target. */
const MOST_TARGET = 4096
/** Of one directory. */
const MOST_NAMES = 1_000_000
/** The first word of a content in an inode is kept for its first address. */
const WITHIN_AT = 4

/** Lists the tree from its root; where anything is damaged, directories without a name too. */
export function listTree(volume: Volume, problem: Sink['problem']): Iterable<F2fsMember> {
  const { start, end } = volume.region
  const { tell, attempt, isDamaged } = telling(problem, end - start < volume.superblock.blocks * BLOCK)

  function describe(number: number, path: string): EntryMeta | undefined {
    const inode = attempt(path, () => readInode(volume, number))
    if (!inode) return undefined
    if (inode.sound === false) tell('checksum', `the checksum of inode ${number} differs`, path)
    const type = inode.mode === 0 ? undefined : typeOfMode(inode.mode)
    if (type === undefined) {
      tell('structure', `mode ${inode.mode.toString(8)} is of no known type`, path)
      return undefined
    }
    const xattrs = attempt(path, (trouble) => attributesOf(volume, inode, trouble))
    const target =
      type === 'symlink' ? attempt(path, (trouble) => targetOf(volume, inode, trouble)) : undefined
    return {
      path,
      type,
      mode: inode.mode & 0o7777,
      uid: inode.uid,
      gid: inode.gid,
      mtime: inode.mtime,
      ...(target === undefined ? {} : { target }),
      ...(type === 'character' || type === 'block' ? { device: deviceOf(inode) } : {}),
      ...(xattrs ? { xattrs } : {}),
    }
  }

  function within(number: number, path: string): readonly InodeName[] {
    const inode = attempt(path, () => readInode(volume, number))
    if (!inode || typeOfMode(inode.mode) !== 'directory') return []
    const isEncrypted = (inode.advice & ADVICE.encrypted) !== 0
    if (isEncrypted) tell('unsupported', 'the names in it are encrypted, and shown in base64url', path)
    const found: InodeName[] = []
    for (const area of areasOf(inode, path)) {
      for (const name of namesIn(area, isEncrypted, (code, message) => tell(code, message, path))) {
        if (found.length >= MOST_NAMES) {
          tell('unsupported', `over ${MOST_NAMES} names; the rest is not listed`, path)
          return found
        }
        found.push(name)
      }
    }
    return found
  }

  function* areasOf(inode: Inode, path: string): Generator<Uint8Array> {
    if ((inode.inline & INLINE.names) !== 0) return yield inode.map.subarray(WITHIN_AT)
    for (const { addresses } of tablesOf(volume, inode, (code, message) => tell(code, message, path))) {
      for (const address of addresses) {
        if (address === HOLE || address === KEPT) continue
        const view = attempt(path, () => volume.ownBlock(address))
        if (view) yield view
      }
    }
  }

  return listInodes<F2fsFile>(
    {
      root: volume.superblock.root,
      describe,
      within,
      content: (inode) => ({ inode, cost: readInode(volume, inode).size }),
      *parents() {
        if (!isDamaged()) return
        for (const number of volume.inodes()) {
          if (isDirectory(volume, number)) yield number
        }
      },
    },
    tell,
  )
}

function isDirectory(volume: Volume, number: number): boolean {
  return typeOfMode(quietly(() => readInode(volume, number))?.mode ?? 0) === 'directory'
}

function targetOf(volume: Volume, inode: Inode, trouble: Trouble): string | undefined {
  const { size } = inode
  if ((inode.advice & ADVICE.encrypted) !== 0) {
    trouble('unsupported', 'its target is encrypted')
    return undefined
  }
  if (size > MOST_TARGET) throw new FormatError('structure', `a target of ${size} bytes`)
  if ((inode.inline & INLINE.data) !== 0) return latin1(inlineContent(inode))
  for (const { addresses } of tablesOf(volume, inode, trouble)) {
    const [address] = addresses
    if (address !== undefined) return cString(volume.block(address).subarray(0, size))
  }
  return ''
}

/** What stands in an inode instead of addresses. @throws FormatError */
export function inlineContent({ map, size }: Inode): Uint8Array {
  const area = map.subarray(WITHIN_AT)
  if (size > area.length)
    throw new FormatError('structure', `${area.length} bytes in the inode instead of ${size}`)
  return area.subarray(0, size)
}

/** 16 bits in the first word, or 32 bits in the second. */
function deviceOf({ map }: Inode): { readonly major: number; readonly minor: number } {
  if (map.length < 8) return { major: 0, minor: 0 }
  const reader = new Reader(map, 'little')
  const [old, device] = [reader.u32(), reader.u32()]
  if (old !== 0) return { major: (old >>> 8) & 0xff, minor: old & 0xff }
  return deviceOfNumber(device)
}
