import { type Bytes, BytesError, DecodeError, type Endian, latin1 } from '@messlatte/bytes'
import { FormatError, type Region, type Sink } from '../../contract.ts'
import { Column } from '../columns.ts'
import { typeOfMode } from '../members.ts'
import { decompress } from './data.ts'
import {
  INODE,
  type InodeNode,
  jffs2Crc,
  NODE,
  type NodeFault,
  type NodeHeader,
  readDirent,
  readInode,
  readXattr,
  readXref,
} from './nodes.ts'
import { walkNodes } from './walk.ts'

/** More names, and more attributes, than any flash holds. */
const MOST_NAMES = 1_000_000
/** Linux takes no longer target; a device takes four bytes. */
const MOST_INLINE = 4096
const WINDOW = 1024 * 1024

/** All inode nodes that are valid, in the order in which they lie; what a path needs is kept, the data is not. */
export interface InodeTable {
  readonly inode: Column
  readonly version: Column
  /** Where nodes begin, from the start of the region. */
  readonly at: Column
  readonly mode: Column
  /** uid, and gid in the upper half. */
  readonly owner: Column
  readonly fileSize: Column
  readonly mtime: Column
  /** Data of links and devices (byte strings), by the index of their node. */
  readonly inline: Map<number, string>
}

/** All names that are valid, in the order in which they lie. */
export interface DirentTable {
  readonly parent: Column
  readonly version: Column
  readonly inode: Column
  readonly mtime: Column
  readonly type: Column
  readonly name: string[]
}

export interface Tables {
  readonly endian: Endian
  readonly inodes: InodeTable
  readonly dirents: DirentTable
  /** Attributes by inode: name to value (hex). */
  readonly xattrs: ReadonlyMap<number, Readonly<Record<string, string>>>
}

/** Reads all nodes of a region in one pass. What Linux would not accept is told, and left out as Linux does. */
export function readTables(bytes: Bytes, region: Region, endian: Endian, problem: Sink['problem']): Tables {
  const inodes = {
    inode: new Column(),
    version: new Column(),
    at: new Column(),
    mode: new Column(),
    owner: new Column(),
    fileSize: new Column(),
    mtime: new Column(),
    inline: new Map<number, string>(),
  }
  const dirents = {
    parent: new Column(),
    version: new Column(),
    inode: new Column(),
    mtime: new Column(),
    type: new Column(),
    name: [] as string[],
  }
  const xattrs = new Xattrs()
  const faults = { checksum: 0, structure: 0 }
  const scratch = new Uint8Array(MOST_INLINE)

  function addInode(node: InodeNode, { at }: NodeHeader): void {
    const type = typeOfMode(node.mode)
    if (type === 'symlink' || type === 'character' || type === 'block') {
      const data = readInline(bytes, at, node, scratch)
      if (data !== undefined) inodes.inline.set(inodes.inode.length, data)
    }
    inodes.inode.push(node.inode)
    inodes.version.push(node.version)
    inodes.at.push(at - region.start)
    inodes.mode.push(node.mode)
    inodes.owner.push(node.uid + node.gid * 0x1_0000)
    inodes.fileSize.push(node.fileSize)
    inodes.mtime.push(node.mtime)
  }

  function add(header: NodeHeader): NodeFault | undefined {
    switch (header.type) {
      case NODE.inode: {
        const node = readInode(bytes, header, endian)
        if (typeof node === 'string') return node
        if (crcOf(bytes, header.at + INODE, node.stored) !== node.dataCrc) return 'checksum'
        addInode(node, header)
        return undefined
      }
      case NODE.dirent: {
        const node = readDirent(bytes, header, endian)
        if (typeof node === 'string') return node
        if (dirents.name.length === MOST_NAMES) return 'structure'
        dirents.parent.push(node.parent)
        dirents.version.push(node.version)
        dirents.inode.push(node.inode)
        dirents.mtime.push(node.mtime)
        dirents.type.push(node.type)
        dirents.name.push(latin1(node.name))
        return undefined
      }
      case NODE.xattr:
      case NODE.xref:
        return xattrs.add(bytes, header, endian)
      default:
        return undefined
    }
  }

  const walk = walkNodes(bytes, region.start, endian, (header) => {
    if (header.at >= region.end) return false
    if (header.obsolete) return true
    const fault = add(header)
    if (fault) faults[fault]++
    return true
  })
  if (walk.truncated) problem('truncated', 'the last node is cut off')
  if (walk.garbage > 0)
    problem('structure', `${walk.garbage} bytes between nodes are neither a node nor erased`)
  if (faults.checksum > 0) problem('checksum', `${faults.checksum} nodes are left out: their CRC differs`)
  if (faults.structure > 0) problem('structure', `${faults.structure} nodes are left out: they do not fit`)
  return { endian, inodes, dirents, xattrs: xattrs.byInode() }
}

/** The CRC of a stretch, however long. */
function crcOf(bytes: Bytes, at: number, length: number): number | undefined {
  // Data of one node is a page; a longer one is no work of Linux.
  return length <= WINDOW ? jffs2Crc(bytes.view(at, length)) : undefined
}

/** The target of a link, or the number of a device. */
function readInline(bytes: Bytes, at: number, node: InodeNode, scratch: Uint8Array): string | undefined {
  if (node.size > MOST_INLINE) return undefined
  const out = scratch.subarray(0, node.size)
  try {
    decompress(node.compression, bytes.view(at + INODE, node.stored), out)
    return latin1(out)
  } catch (error) {
    if (error instanceof FormatError || error instanceof DecodeError || error instanceof BytesError)
      return undefined
    throw error
  }
}

/** Prefixes of attributes' names (Linux, fs/jffs2/xattr.h); those of access lists are whole names. */
const PREFIXES = [
  '',
  'user.',
  'security.',
  'system.posix_acl_access',
  'system.posix_acl_default',
  'trusted.',
] as const
/** The version of an attribute that is gone. */
const GONE = 0xffff_ffff

class Xattrs {
  readonly #values = new Map<number, { version: number; name: string; value: string }>()
  /** By inode and attribute: the highest sequence number. */
  readonly #references = new Map<string, { inode: number; id: number; sequence: number }>()

  add(bytes: Bytes, header: NodeHeader, endian: Endian): NodeFault | undefined {
    if (this.#values.size + this.#references.size >= MOST_NAMES) return 'structure'
    if (header.type === NODE.xref) {
      const node = readXref(bytes, header, endian)
      if (typeof node === 'string') return node
      const key = `${node.inode}:${node.id}`
      if (node.sequence >= (this.#references.get(key)?.sequence ?? 0)) this.#references.set(key, node)
      return undefined
    }
    const node = readXattr(bytes, header, endian)
    if (typeof node === 'string') return node
    if (node.version >= (this.#values.get(node.id)?.version ?? 0)) {
      this.#values.set(node.id, {
        version: node.version,
        name: `${PREFIXES[node.prefix] ?? ''}${latin1(node.name)}`,
        value: Buffer.from(node.value).toString('hex'),
      })
    }
    return undefined
  }

  /** Of two references of an inode to attributes of one name, the later one counts: another value is another attribute. */
  byInode(): ReadonlyMap<number, Readonly<Record<string, string>>> {
    const found = new Map<number, Record<string, string>>()
    const inOrder = [...this.#references.values()].toSorted((a, b) => a.sequence - b.sequence)
    for (const { inode, id, sequence } of inOrder) {
      const value = this.#values.get(id)
      if (!value || value.version === GONE || sequence % 2 === 1) continue
      const names = found.get(inode) ?? {}
      names[value.name] = value.value
      found.set(inode, names)
    }
    return found
  }
}
