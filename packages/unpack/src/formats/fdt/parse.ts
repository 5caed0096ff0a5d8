import { type Bytes, BytesError, latin1, MAX_VIEW } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'

/** Bytes of the fixed header, version 17; Devicetree Specification 0.4, section 5.2. */
const HEADER = 40
const MAGIC = 0xd00dfeed
/** Deeper than any tree that a boot loader accepts: U-Boot stops at 32 levels, Linux at 64. */
const MAX_DEPTH = 64
const MAX_NODES = 65_536
const MAX_PROPERTIES = 262_144
/** Tokens without content; real trees have a handful, and each one costs memory. */
const MAX_TOKENS = 1_048_576
const MAX_NAME = 1024
/** Every node carries its path, so this bounds what a tree costs in memory. U-Boot gives up beyond 200. */
const MAX_PATH = 1024

const BEGIN_NODE = 1
const END_NODE = 2
const PROPERTY = 3
const NOP = 4
const END = 9

export interface FdtProperty {
  /** Byte string. */
  readonly name: string
  /** Bytes from the start of the strings block. */
  readonly nameOffset: number
  /** Where the value lies in the source; it is not copied. */
  readonly offset: number
  /** Bytes. */
  readonly length: number
}

export interface FdtNode {
  /** Byte string; may carry a unit address: `memory@0`. */
  readonly name: string
  /** `/images/kernel-1`; `/` for the root. */
  readonly path: string
  /** 0 for the root. */
  readonly depth: number
  /**
   * In their order; a name may, against the rules, stand there twice. What stands behind a sub-node is left out,
   * because boot loaders do not find it either; the tokens have it.
   */
  readonly properties: readonly FdtProperty[]
  readonly children: readonly FdtNode[]
}

/** A token of the structure block, with its padding to four bytes. */
export interface FdtToken {
  readonly kind: 'begin' | 'end' | 'property' | 'nop' | 'finish'
  /** Where it begins in the source. */
  readonly offset: number
  /** Bytes, name or value and padding included. */
  readonly length: number
  /** The node that begins or ends here, or to which a property or NOP belongs; undefined outside of the root. */
  readonly node: FdtNode | undefined
  readonly property: FdtProperty | undefined
}

export interface Fdt {
  readonly bytes: Bytes
  /** Where the tree begins in the source. */
  readonly at: number
  /** Bytes, as the header says: header, all blocks and room between them. */
  readonly totalSize: number
  readonly version: number
  readonly lastCompatible: number
  /** Bytes from the start of the tree. */
  readonly structOffset: number
  /** Bytes from the first token to behind the last one. */
  readonly structSize: number
  /** Bytes from the start of the tree. */
  readonly stringsOffset: number
  readonly stringsSize: number
  readonly root: FdtNode
  readonly tokens: readonly FdtToken[]
}

type Growing = { -readonly [Key in keyof FdtNode]: FdtNode[Key] } & {
  readonly properties: FdtProperty[]
  readonly children: FdtNode[]
}

/**
 * Reads a flattened device tree (big endian, versions 16 and 17): strict in its structure, lenient in what boot loaders
 * tolerate (properties of one name, unusual characters), because checks have to see these.
 * @throws FormatError `structure` for what is no tree, `truncated` when the tree runs over the end of the bytes,
 * `unsupported` for other versions and for trees beyond the bounds
 */
export function parseFdt(bytes: Bytes, at: number): Fdt {
  try {
    return readTree(bytes, at)
  } catch (error) {
    if (error instanceof BytesError) throw new FormatError('truncated', 'the device tree is cut off', error)
    throw error
  }
}

/** The value of a property. @throws BytesError `too-long` beyond 16 MiB */
export function fdtValue(fdt: Fdt, property: FdtProperty): Uint8Array {
  return fdt.bytes.view(property.offset, property.length)
}

/** The first property of that name: the one that boot loaders take. */
export function fdtProperty(node: FdtNode, name: string): FdtProperty | undefined {
  return node.properties.find((property) => property.name === name)
}

/** The node at an absolute path (`/images/kernel-1`); of several with one name the first. */
export function fdtNode(fdt: Fdt, path: string): FdtNode | undefined {
  const names = path.split('/').filter((name) => name !== '')
  return names.reduce<FdtNode | undefined>(
    (node, name) => node?.children.find((child) => child.name === name),
    fdt.root,
  )
}

/** The strings of a string list; undefined when it does not end with a NUL. A value over 64 KiB is none. */
export function fdtStrings(fdt: Fdt, property: FdtProperty): readonly string[] | undefined {
  if (property.length === 0 || property.length > 65_536) return undefined
  const text = latin1(fdtValue(fdt, property))
  return text.endsWith('\0') ? text.slice(0, -1).split('\0') : undefined
}

/** A value of one cell; undefined for any other length. */
export function fdtCell(fdt: Fdt, property: FdtProperty): number | undefined {
  return property.length === 4 ? u32(fdtValue(fdt, property), 0) : undefined
}

/** The tree at `at`; undefined for what is none. */
export function readFdt(bytes: Bytes, at: number): Fdt | undefined {
  try {
    return parseFdt(bytes, at)
  } catch (error) {
    if (error instanceof FormatError || error instanceof BytesError) return undefined
    throw error
  }
}

/** The root and all nodes below it, level by level, as many as are wanted. */
export function* fdtNodes(fdt: Fdt, most: number): Generator<FdtNode> {
  const queue = [fdt.root]
  for (let i = 0; i < queue.length && i < most; i++) {
    const node = queue[i] as FdtNode
    yield node
    queue.push(...node.children)
  }
}

/** Only what has no status, or `okay`, is switched on (Devicetree Specification 0.4, section 2.3.4). */
export function fdtIsDisabled(fdt: Fdt, node: FdtNode): boolean {
  const status = fdtProperty(node, 'status')
  const text = status && fdtStrings(fdt, status)?.[0]
  return status !== undefined && text !== 'okay' && text !== 'ok'
}

/**
 * Where a device tree lies whose structure may be broken: only its header is read. For telling apart what was damaged
 * from what never was a tree.
 * @throws FormatError as `parseFdt` does for its header
 */
export function parseFdtHeader(bytes: Bytes, at: number): FdtHeader {
  try {
    return readHeader(bytes, at)
  } catch (error) {
    if (error instanceof BytesError) throw new FormatError('truncated', 'the device tree is cut off', error)
    throw error
  }
}

export interface FdtHeader {
  readonly totalSize: number
  /** Bytes from the start of the tree, as all offsets here. */
  readonly structOffset: number
  /** Behind the last byte that the structure block may have. */
  readonly structLimit: number
  readonly stringsOffset: number
  readonly stringsSize: number
  readonly version: number
  readonly lastCompatible: number
}

function readHeader(bytes: Bytes, at: number): FdtHeader {
  if (!(at >= 0 && at + HEADER <= bytes.size)) throw new FormatError('truncated', 'no room for a header')
  const header = bytes.view(at, HEADER)
  if (u32(header, 0) !== MAGIC) throw new FormatError('structure', 'no device tree begins here')
  const [totalSize, structOffset, stringsOffset, reserveOffset] = [4, 8, 12, 16].map((offset) =>
    u32(header, offset),
  ) as [number, number, number, number]
  const [version, lastCompatible] = [u32(header, 20), u32(header, 24)]
  if (lastCompatible > 17 || version < 16 || lastCompatible > version) {
    throw new FormatError('unsupported', `device tree version ${version}, compatible from ${lastCompatible}`)
  }
  const stringsSize = u32(header, 32)
  // Version 16 has no size of the structure block: it goes on to the end at most.
  const structLimit = version >= 17 ? structOffset + u32(header, 36) : totalSize
  const wrong =
    totalSize < HEADER ||
    structOffset < HEADER ||
    structOffset % 4 !== 0 ||
    structLimit > totalSize ||
    stringsOffset < HEADER ||
    stringsOffset + stringsSize > totalSize ||
    reserveOffset < HEADER ||
    reserveOffset % 8 !== 0 ||
    reserveOffset + 16 > totalSize
  if (wrong) throw new FormatError('structure', 'the blocks of the device tree do not fit into it')
  if (at + totalSize > bytes.size) throw new FormatError('truncated', 'the device tree is cut off')
  if (stringsSize > MAX_VIEW) throw new FormatError('unsupported', `${stringsSize} bytes of property names`)
  return { totalSize, structOffset, structLimit, stringsOffset, stringsSize, version, lastCompatible }
}

function readTree(bytes: Bytes, at: number): Fdt {
  const header = readHeader(bytes, at)
  const { structOffset, stringsOffset, stringsSize, totalSize, version, lastCompatible } = header
  const cursor = new Cursor(bytes, at + structOffset, at + header.structLimit)
  const names = nameReader(bytes.view(at + stringsOffset, stringsSize))
  const tokens: FdtToken[] = []
  const open: Growing[] = []
  let root: Growing | undefined
  let nodes = 0
  let properties = 0

  function add(kind: FdtToken['kind'], offset: number, node?: FdtNode, property?: FdtProperty): void {
    if (tokens.length >= MAX_TOKENS) throw new FormatError('unsupported', `over ${MAX_TOKENS} tokens`)
    tokens.push({ kind, offset, length: cursor.at - offset, node, property })
  }

  for (;;) {
    const offset = cursor.at
    const token = cursor.u32()
    const parent = open.at(-1)
    if (token === BEGIN_NODE) {
      const name = cursor.name()
      if (!parent && (root || name !== ''))
        throw new FormatError('structure', 'there is no single, nameless root')
      if (parent && (name === '' || name.includes('/')))
        throw new FormatError('structure', 'a node has no proper name')
      if (open.length >= MAX_DEPTH) throw new FormatError('unsupported', `over ${MAX_DEPTH} levels`)
      if (++nodes > MAX_NODES) throw new FormatError('unsupported', `over ${MAX_NODES} nodes`)
      const path = parent ? `${parent.depth === 0 ? '' : parent.path}/${name}` : '/'
      if (path.length > MAX_PATH) throw new FormatError('unsupported', `a path of ${path.length} characters`)
      const node: Growing = { name, path, depth: open.length, properties: [], children: [] }
      parent?.children.push(node)
      root ??= node
      open.push(node)
      add('begin', offset, node)
    } else if (token === PROPERTY) {
      if (!parent) throw new FormatError('structure', 'a property outside of all nodes')
      if (++properties > MAX_PROPERTIES)
        throw new FormatError('unsupported', `over ${MAX_PROPERTIES} properties`)
      const length = cursor.u32()
      const nameOffset = cursor.u32()
      const property: FdtProperty = { name: names(nameOffset), nameOffset, offset: cursor.at, length }
      cursor.skip(length)
      if (parent.children.length === 0) parent.properties.push(property)
      add('property', offset, parent, property)
    } else if (token === END_NODE) {
      if (!parent) throw new FormatError('structure', 'a node ends that never began')
      open.pop()
      add('end', offset, parent)
    } else if (token === NOP) {
      add('nop', offset, parent)
    } else if (token === END) {
      if (!root || parent) throw new FormatError('structure', 'the tree ends within a node')
      add('finish', offset)
      const structSize = cursor.at - at - structOffset
      return {
        bytes,
        at,
        totalSize,
        version,
        lastCompatible,
        structOffset,
        structSize,
        stringsOffset,
        stringsSize,
        root,
        tokens,
      }
    } else {
      throw new FormatError('structure', `no token is called ${token}`)
    }
  }
}

/** Walks through the structure block and never over its end; offsets are those of the source. */
class Cursor {
  at: number
  readonly #bytes: Bytes
  readonly #start: number
  readonly #end: number

  constructor(bytes: Bytes, start: number, end: number) {
    this.#bytes = bytes
    this.#start = start
    this.#end = end
    this.at = start
  }

  u32(): number {
    const view = this.#bytes.view(this.at, this.#room(4))
    this.at += 4
    return u32(view, 0)
  }

  /** A NUL-terminated name, padded. */
  name(): string {
    const view = this.#bytes.view(this.at, Math.min(MAX_NAME, this.#end - this.at))
    const length = view.indexOf(0)
    if (length < 0) throw new FormatError('structure', 'the name of a node does not end')
    this.skip(length + 1)
    return latin1(view.subarray(0, length))
  }

  /** Goes over so many bytes and what pads them to four. */
  skip(length: number): void {
    this.#room(length)
    const end = this.at + length
    this.at = Math.min(this.#end, end + ((4 - ((end - this.#start) % 4)) % 4))
  }

  #room(length: number): number {
    if (this.at + length > this.#end) throw new FormatError('structure', 'the structure block ends too early')
    return length
  }
}

/** Names by their offset, each decoded once: millions of properties may share one. */
function nameReader(strings: Uint8Array): (offset: number) => string {
  const known = new Map<number, string>()
  return (offset) => {
    let name = known.get(offset)
    if (name === undefined) {
      const end = strings.subarray(offset, offset + MAX_NAME).indexOf(0)
      if (offset >= strings.length || end < 0)
        throw new FormatError('structure', 'the name of a property lies outside')
      name = latin1(strings.subarray(offset, offset + end))
      known.set(offset, name)
    }
    return name
  }
}

function u32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at)
}
