import { latin1 } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../../contract.ts'
import { type InodeMember, type InodeName, listInodes } from '../inode-tree.ts'
import { typeOfMode } from '../members.ts'
import { quietly, telling } from '../telling.ts'
import { attributesOf } from './attributes.ts'
import { namesOf, targetOf } from './directory.ts'
import { inodesOf } from './groups.ts'
import { type Inode, readInode } from './inode.ts'
import { u32At, type Volume } from './volume.ts'

/** A file, by the number of its inode. */
export interface XfsFile {
  readonly inode: number
  /** Bytes that may have to be read. */
  readonly cost: number
}

export type XfsMember = InodeMember<XfsFile>

/** Of one directory. */
const MOST_NAMES = 1_000_000

/** Lists the tree from its root; where anything is damaged, directories without a name too. */
export function listTree(volume: Volume, problem: Sink['problem']): Iterable<XfsMember> {
  const { region, superblock } = volume
  const { tell, attempt, isDamaged } = telling(
    problem,
    region.end - region.start < superblock.blocks * superblock.blockSize,
  )

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
      type === 'symlink' ? attempt(path, (trouble) => latin1(targetOf(volume, inode, trouble))) : undefined
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
    const found: InodeName[] = []
    attempt(path, () => {
      for (const name of namesOf(volume, inode, (code, message) => tell(code, message, path))) {
        if (found.length >= MOST_NAMES) {
          tell('unsupported', `over ${MOST_NAMES} names; the rest is not listed`, path)
          return
        }
        found.push(name)
      }
    })
    return found
  }

  return listInodes<XfsFile>(
    {
      root: superblock.root,
      describe,
      within,
      content: (inode) => ({ inode, cost: readInode(volume, inode).size }),
      *parents() {
        if (!isDamaged()) return
        for (let group = 0; group < volume.groupsThere; group++) {
          for (const number of attempt('', () => [...inodesOf(volume, group)]) ?? [])
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

/** Fourteen bits, and eighteen. */
function deviceOf({ content }: Inode): { readonly major: number; readonly minor: number } {
  const device = content.data.length >= 4 ? u32At(content.data, 0) : 0
  return { major: device >>> 18, minor: device & 0x3_ffff }
}
