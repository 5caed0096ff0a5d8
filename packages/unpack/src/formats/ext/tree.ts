import { BytesError, cString, latin1 } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type FormatErrorCode, type Sink } from '../../contract.ts'
import { type InodeMember, type InodeName, listInodes } from '../inode-tree.ts'
import { deviceOfNumber, typeOfMode } from '../members.ts'
import { type Run, runsOf, type Trouble } from './blocks.ts'
import { isSoundBlock, namesIn } from './directory.ts'
import { readDescriptor } from './groups.ts'
import { FLAG, type Inode, readInode } from './inode.ts'
import { verityAttributes } from './verity.ts'
import { u16At, u32At, type Volume } from './volume.ts'
import { attributesBeside, attributesWithin, inlineRest, shownAttributes } from './xattrs.ts'

/** A file, by the number of its inode. */
export interface ExtFile {
  readonly inode: number
  /** Bytes that may have to be read. */
  readonly cost: number
}

export type ExtMember = InodeMember<ExtFile>

const ROOT = 2
/** Inodes below it are the file system's own. */
const FIRST_OWN = 11
const DIRECTORY = 'directory'
/** Of one directory. */
const MOST_NAMES = 1_000_000
/** Linux takes no longer target. */
const MOST_TARGET = 4096
/** What an inode's map holds, in bytes; targets that are shorter stand there. */
const MAP = 60
/** Number of the parent, before the names that stand in an inode. */
const PARENT = 4

/** Lists the tree from its root; where anything is damaged, directories without a name too. */
export function listTree(volume: Volume, problem: Sink['problem']): Iterable<ExtMember> {
  const tree = new Tree(volume, problem)
  return listInodes<ExtFile>(
    {
      root: ROOT,
      describe: (inode, path) => tree.describe(inode, path),
      within: (inode, path) => tree.within(inode, path),
      content: (inode) => tree.content(inode),
      parents: () => tree.parents(),
    },
    tree.tell,
  )
}

class Tree {
  readonly #volume: Volume
  readonly #problem: Sink['problem']
  #damaged = false

  constructor(volume: Volume, problem: Sink['problem']) {
    this.#volume = volume
    this.#problem = problem
    const { start, end } = volume.region
    this.#damaged = end - start < volume.superblock.blocks * volume.superblock.blockSize
  }

  readonly tell: Sink['problem'] = (code, message, path) => {
    if (code !== 'unsupported') this.#damaged = true
    this.#problem(code, message, path)
  }

  describe(number: number, path: string): EntryMeta | undefined {
    const inode = this.#inode(number, path)
    if (!inode) return undefined
    if (inode.sound === false) this.tell('checksum', `the checksum of inode ${number} differs`, path)
    const type = typeOfMode(inode.mode)
    if (type === undefined) {
      this.tell('structure', `mode ${inode.mode.toString(8)} is of no known type`, path)
      return undefined
    }
    const xattrs = this.#attributes(inode, path)
    const target = type === 'symlink' ? this.#target(inode, path) : undefined
    return {
      path,
      type,
      mode: inode.mode & 0o7777,
      uid: inode.uid,
      gid: inode.gid,
      mtime: inode.mtime,
      ...(target === undefined ? {} : { target }),
      ...(type === 'character' || type === 'block' ? { device: deviceOf(inode.map) } : {}),
      ...(xattrs ? { xattrs } : {}),
    }
  }

  within(number: number, path: string): readonly InodeName[] {
    const inode = this.#inode(number, path)
    if (!inode) return []
    const encrypted = (inode.flags & FLAG.encrypted) !== 0
    const names: InodeName[] = []
    for (const name of this.#names(inode, path)) {
      if (names.length >= MOST_NAMES) {
        this.tell('structure', `over ${MOST_NAMES} names; the rest is not listed`, path)
        break
      }
      // Its bytes are arbitrary ones.
      names.push(
        encrypted ? { ...name, name: `encrypted-${Buffer.from(name.name, 'latin1').toString('hex')}` } : name,
      )
    }
    return names
  }

  content(number: number): ExtFile {
    const inode = this.#inode(number, '')
    return { inode: number, cost: Math.min(inode?.size ?? 0, (inode?.blocks ?? 0) * 512) }
  }

  /** Directories that are in use, whether or not a name leads to them; in a file system in order all of them have one. */
  *parents(): Generator<number> {
    const { groups, inodesPerGroup } = this.#volume.superblock
    for (let group = 0; group < groups && this.#damaged; group++) {
      const used = this.#attempt('', () => readDescriptor(this.#volume, group).used, true) ?? 0
      for (let index = 0; index < used; index++) {
        const number = group * inodesPerGroup + index + 1
        if (number !== ROOT && number < FIRST_OWN) continue
        const inode = this.#attempt('', () => readInode(this.#volume, number), true)
        if (!inode) break
        if (inode.links > 0 && typeOfMode(inode.mode) === DIRECTORY) yield number
      }
    }
  }

  #inode(number: number, path: string): Inode | undefined {
    const inode = this.#attempt(path, () => readInode(this.#volume, number))
    return inode && inode.mode !== 0 ? inode : undefined
  }

  *#names(inode: Inode, path: string): Generator<InodeName> {
    const trouble = this.#trouble(path)
    if ((inode.flags & FLAG.inline) !== 0) {
      yield* namesIn(this.#volume, inode.map.subarray(PARENT), trouble)
      const rest = inlineRest(this.#attempt(path, () => attributesWithin(this.#volume, inode, trouble)) ?? [])
      if (rest) yield* namesIn(this.#volume, rest, trouble)
      return
    }
    for (const run of runsOf(this.#volume, inode, trouble)) yield* this.#namesInRun(inode, run, path)
  }

  *#namesInRun(inode: Inode, { physical, length }: Run, path: string): Generator<InodeName> {
    for (let i = 0; i < length; i++) {
      const view = this.#attempt(path, () => this.#volume.block(physical + i))
      if (!view) return
      if (!isSoundBlock(this.#volume, inode, view))
        this.tell('checksum', `the checksum of the names in block ${physical + i} differs`, path)
      yield* namesIn(this.#volume, view, this.#trouble(path))
    }
  }

  #attributes(inode: Inode, path: string): Readonly<Record<string, string>> | undefined {
    const trouble = this.#trouble(path)
    const within = this.#attempt(path, () => attributesWithin(this.#volume, inode, trouble)) ?? []
    const beside = this.#attempt(path, () => attributesBeside(this.#volume, inode, trouble)) ?? []
    const shown = shownAttributes([...within, ...beside])
    const verity = this.#attempt(path, () => verityAttributes(this.#volume, inode, trouble))
    return verity ? { ...shown, ...verity } : shown
  }

  #target(inode: Inode, path: string): string | undefined {
    const { size, flags } = inode
    if ((flags & FLAG.encrypted) !== 0) {
      this.tell('unsupported', 'its target is encrypted', path)
      return undefined
    }
    if (size > MOST_TARGET) {
      this.tell('structure', `a target of ${size} bytes`, path)
      return undefined
    }
    if (size < MAP && (flags & (FLAG.extents | FLAG.inline)) === 0) return latin1(inode.map.subarray(0, size))
    const trouble = this.#trouble(path)
    return this.#attempt(path, () => {
      if ((flags & FLAG.inline) !== 0) {
        const target = inlineContent(this.#volume, inode, trouble)
        if (target.length === size) return latin1(target)
        throw new FormatError('structure', `${target.length} bytes in the inode instead of ${size}`)
      }
      const first = runsOf(this.#volume, inode, trouble)[0]
      if (first?.logical !== 0) throw new FormatError('structure', 'a link without a target')
      return cString(this.#volume.block(first.physical).subarray(0, size))
    })
  }

  #trouble(path: string): Trouble {
    return (code, message) => this.tell(code, message, path)
  }

  #attempt<T>(path: string, action: () => T, silent = false): T | undefined {
    try {
      return action()
    } catch (error) {
      const code = codeOf(error)
      if (code === undefined) throw error
      if (!silent) this.tell(code, (error as Error).message, path)
      return undefined
    }
  }
}

/**
 * What stands in an inode: first where else its blocks are told, then in an attribute. A file may be longer: mke2fs leaves
 * one that is a single hole there, and Linux reads zeros.
 */
export function inlineContent(volume: Volume, inode: Inode, trouble: Trouble): Uint8Array {
  const rest = inlineRest(attributesWithin(volume, inode, trouble)) ?? new Uint8Array(0)
  return Buffer.concat([inode.map, rest]).subarray(0, inode.size)
}

function codeOf(error: unknown): FormatErrorCode | undefined {
  if (error instanceof FormatError) return error.code
  return error instanceof BytesError ? 'truncated' : undefined
}

/** 16 bits in the first word, or 32 bits in the second. */
function deviceOf(map: Uint8Array): { readonly major: number; readonly minor: number } {
  const old = u16At(map, 0)
  if (old !== 0) return { major: old >>> 8, minor: old & 0xff }
  const device = u32At(map, 4)
  return deviceOfNumber(device)
}
