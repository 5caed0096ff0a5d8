import { type Bytes, BytesError, latin1, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import type { Stored } from '../members.ts'
import { Adb } from './adb.ts'
import { type ApkPath, pathsOf } from './paths.ts'

/** Schemas by their names in the file header. */
const SCHEMAS = { pckg: 'package', indx: 'index' } as const
const FILE_HEADER = 8
/** Header of the tree of objects: versions, u16 reserved, u32 root. */
const ADB_HEADER = 8
/** Bytes before a content in its block: u32 index of the directory, u32 index of the file. */
const DATA_HEADER = 8
const MOST_SIGNATURE = 2048

interface Block {
  readonly type: number
  readonly at: number
  /** Bytes. */
  readonly length: number
  readonly end: number
}

export interface ApkV3 {
  readonly schema: 'package' | 'index'
  readonly adb: Adb
  /** The tree of objects as it is stored; signatures are over its digest. */
  readonly tree: Stored
  readonly signatures: readonly Stored[]
  /** Where the blocks of data begin. */
  readonly dataAt: number
  /** The bytes end before the first block of data. */
  readonly cut: boolean
}

/** The blocks before the data (apk-v3(5), "Blocks"); undefined where no package or index begins. */
export function parseApkV3(bytes: Bytes, at: number): ApkV3 | undefined {
  if (at + FILE_HEADER + 4 + ADB_HEADER > bytes.size) return undefined
  if (latin1(bytes.view(at, 4)) !== 'ADB.') return undefined
  const schema = SCHEMAS[latin1(bytes.view(at + 4, 4)) as keyof typeof SCHEMAS]
  const block = blockAt(bytes, at + FILE_HEADER, at)
  if (schema === undefined || block?.type !== 0 || block.length < ADB_HEADER) return undefined
  const header = new Reader(bytes.view(block.at, ADB_HEADER), 'little')
  const [versions, reserved, root] = [header.u16(), header.u16(), header.u32()]
  if (versions !== 0 || reserved !== 0 || root >>> 28 !== 0xe) return undefined
  if ((root & 0x0fffffff) + 8 > block.length) return undefined
  const cut = block.at + block.length > bytes.size
  const adb = new Adb(bytes, block.at, cut ? 0 : block.length)
  const signatures: Stored[] = []
  let next = block.end
  for (;;) {
    const signature = cut ? undefined : blockAt(bytes, next, at)
    if (signature?.type !== 1 || !isSignature(bytes, signature)) break
    signatures.push({ at: signature.at, length: signature.length })
    next = signature.end
  }
  return {
    schema,
    adb,
    tree: { at: block.at, length: block.length },
    signatures,
    dataAt: Math.min(next, bytes.size),
    cut,
  }
}

/** u32: two bits of type, 30 bits of size with this word; type 3 has the type there and a u64 size 8 bytes on. */
function blockAt(bytes: Bytes, at: number, start: number): Block | undefined {
  if (at + 4 > bytes.size) return undefined
  const word = new Reader(bytes.view(at, 4), 'little').u32()
  const wide = word >>> 30 === 3
  if (wide && at + 16 > bytes.size) return undefined
  const size = wide ? new Reader(bytes.view(at + 8, 8), 'little').size64() : word & 0x3fffffff
  const header = wide ? 16 : 4
  if (size < header || !Number.isFinite(size)) return undefined
  return {
    type: wide ? word & 0x3fffffff : word >>> 30,
    at: at + header,
    length: size - header,
    end: start + Math.ceil((at + size - start) / 8) * 8,
  }
}

/** u8 version 0, u8 hash, 16 bytes of the key's name, the signature. */
function isSignature(bytes: Bytes, { at, length }: Block): boolean {
  return length > 18 && length <= MOST_SIGNATURE && at + length <= bytes.size && bytes.view(at, 1)[0] === 0
}

/** A directory or file, and its content where it has one and that is there. */
export interface ApkContent {
  readonly path: ApkPath
  readonly content?: Stored
}

export interface ApkEnd {
  readonly end: number
  readonly why: 'whole' | 'truncated' | 'structure'
  readonly message?: string
}

/** Pairs the files of a package with the blocks of data, which come in the same order. */
export function* contentsOf(bytes: Bytes, start: number, found: ApkV3): Generator<ApkContent, ApkEnd> {
  let next = found.dataAt
  if (found.cut) return { end: bytes.size, why: 'truncated' }
  if (found.schema === 'index') return { end: next, why: 'whole' }
  try {
    for (const path of pathsOf(found.adb)) {
      if (path.stored === undefined) {
        yield path.meta.type === 'file' ? { path, content: { at: next, length: 0 } } : { path }
        continue
      }
      const block = blockAt(bytes, next, start)
      if (!block || !isDataOf(bytes, block, path, path.stored)) {
        const cut = next + 4 + DATA_HEADER > bytes.size
        return cut ? { end: bytes.size, why: 'truncated' } : { end: next, why: 'structure' }
      }
      yield { path, content: { at: block.at + DATA_HEADER, length: path.stored } }
      if (block.at + block.length > bytes.size) return { end: bytes.size, why: 'truncated' }
      next = Math.min(block.end, bytes.size)
    }
    return { end: next, why: 'whole' }
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof BytesError)) throw error
    return { end: next, why: 'structure', message: error.message }
  }
}

function isDataOf(bytes: Bytes, block: Block, path: ApkPath, stored: number): boolean {
  if (block.type !== 2 || block.length !== DATA_HEADER + stored) return false
  if (block.at + DATA_HEADER > bytes.size) return false
  const header = new Reader(bytes.view(block.at, DATA_HEADER), 'little')
  return header.u32() === path.directory && header.u32() === path.file
}
