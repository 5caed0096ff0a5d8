import { crc32 } from 'node:zlib'
import { type Bytes, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import type { Stored } from '../members.ts'

/** Two blocks that hold the same log, one of them newer. Numbers of blocks. */
export type Pair = readonly [number, number]

/** What an id of a log stands for, after all of its commits. */
export interface LfsEntry {
  readonly id: number
  readonly kind: 'file' | 'directory' | 'superblock'
  /** Byte string. */
  readonly name: string
  /** Of a file or a superblock: content within the log. */
  readonly inline?: Stored
  /** Of a file: a skip list of blocks. */
  readonly ctz?: { readonly head: number; readonly size: number }
  readonly directory?: Pair
  /** User attributes: type to value (hex). */
  readonly attributes: ReadonlyMap<number, string>
}

export interface LfsLog {
  readonly entries: readonly LfsEntry[]
  readonly tail: { readonly pair: Pair; readonly isHard: boolean } | undefined
  /** Share of this log in the global state: three words that are added up without carry. */
  readonly state: readonly [number, number, number]
  /** True where one of the two blocks lies behind the end of the bytes: it may have been the newer one. */
  readonly half: boolean
}

/** Where the blocks of a file system lie. */
export interface Blocks {
  readonly bytes: Bytes
  readonly region: Region
  /** Bytes. */
  readonly blockSize: number
  readonly blockCount: number
}

const NO_ID = 0x3ff
const DELETED = 0x3ff
const CREATE = 0x401
const DELETE = 0x4ff
const NULL_STATE = [0, 0, 0] as const

export function blockAt({ region, blockSize, blockCount }: Blocks, block: number): number | undefined {
  if (block >= blockCount) return undefined
  const at = region.start + block * blockSize
  return at + blockSize <= region.end ? at : undefined
}

/** The log of a pair, out of the newer one of its blocks that holds; undefined where neither does. SPEC.md, "Directories / Metadata pairs". */
export function readPair(blocks: Blocks, pair: Pair): LfsLog | undefined {
  const ats = pair.map((block) => blockAt(blocks, block))
  const half = ats.includes(undefined)
  let best: { readonly log: LfsLog; readonly revision: number } | undefined
  for (const at of ats) {
    if (at === undefined) continue
    const view = blocks.bytes.view(at, blocks.blockSize)
    const revision = new Reader(view, 'little').u32()
    if (best && ((revision - best.revision) | 0) <= 0) continue
    const log = readLog(view, at, half)
    if (log) best = { log, revision }
  }
  return best?.log
}

interface Tag {
  readonly type: number
  readonly id: number
  readonly data: Uint8Array
  /** Offset of the data in the source. */
  readonly at: number
  readonly deleted: boolean
}

function readLog(view: Uint8Array, at: number, half: boolean): LfsLog | undefined {
  const tags = readCommits(view, at)
  return tags && replay(tags, half)
}

/** Tags of all commits whose CRC matches; what comes behind the last one was never finished. */
function readCommits(view: Uint8Array, base: number): readonly Tag[] | undefined {
  const tags: Tag[] = []
  let pending: Tag[] = []
  let anything = false
  let before = 0xffff_ffff
  let commitAt = 0
  for (let at = 4; at + 4 <= view.length; ) {
    const tag = (new Reader(view, 'big', at).u32() ^ before) >>> 0
    if (tag >= 0x8000_0000) break
    const [type, id, size] = [(tag >>> 20) & 0x7ff, (tag >>> 10) & 0x3ff, tag & 0x3ff]
    const deleted = size === DELETED
    const length = deleted ? 0 : size
    const dataAt = at + 4
    if (dataAt + length > view.length) break
    if (isCrc(type)) {
      if (length < 4) break
      const stored = new Reader(view, 'little', dataAt).u32()
      if (~crc32(view.subarray(commitAt, dataAt)) >>> 0 !== stored) break
      tags.push(...pending)
      pending = []
      anything = true
      commitAt = dataAt + length
      // The lowest bit says which state of the valid bit erased flash would have.
      before = (tag ^ ((type & 1) << 31)) >>> 0
    } else {
      pending.push({ type, id, data: view.subarray(dataAt, dataAt + length), at: base + dataAt, deleted })
      before = tag
    }
    at = dataAt + length
  }
  return anything ? tags : undefined
}

/** Type 5xx but for the CRC of what comes next, which is 5ff. */
function isCrc(type: number): boolean {
  return type >>> 8 === 5 && type !== 0x5ff
}

type Growing = { -readonly [Key in keyof LfsEntry]: LfsEntry[Key] } & { attributes: Map<number, string> }

function replay(tags: readonly Tag[], half: boolean): LfsLog {
  const files: (Growing | undefined)[] = []
  let tail: LfsLog['tail']
  let state: LfsLog['state'] = NULL_STATE
  for (const tag of tags) {
    const { type, id, data } = tag
    if (type === CREATE) files.splice(id, 0, undefined)
    else if (type === DELETE) files.splice(id, 1)
    else if (type >>> 8 === 6 && data.length >= 8) tail = { pair: pairOf(data), isHard: (type & 1) === 1 }
    else if (type === 0x7ff && data.length >= 12) state = wordsOf(data)
    else if (id !== NO_ID) apply(files, tag)
  }
  const entries = files.flatMap((file, id) => (file ? [{ ...file, id }] : []))
  return { entries, tail, state, half }
}

function apply(files: (Growing | undefined)[], { type, id, data, at, deleted }: Tag): void {
  const kind = type >>> 8
  if (kind === 0 && !deleted) {
    const named = nameOf(type & 0xff, data)
    if (named) files[id] = { id, ...named, attributes: new Map() }
    return
  }
  const file = files[id]
  if (!file) return
  if (kind === 3) {
    if (deleted) file.attributes.delete(type & 0xff)
    else file.attributes.set(type & 0xff, Buffer.from(data).toString('hex'))
  } else if (kind === 2 && !deleted) {
    for (const field of ['inline', 'ctz', 'directory'] as const) delete file[field]
    if (type === 0x200 && data.length >= 8) file.directory = pairOf(data)
    else if (type === 0x201) file.inline = { at, length: data.length }
    else if (type === 0x202 && data.length >= 8) {
      const [head, size] = pairOf(data)
      file.ctz = { head, size }
    }
  }
}

function nameOf(chunk: number, data: Uint8Array): Pick<LfsEntry, 'kind' | 'name'> | undefined {
  const name = Buffer.from(data).toString('latin1')
  switch (chunk) {
    case 1:
      return { kind: 'file', name }
    case 2:
      return { kind: 'directory', name }
    case 0xff:
      return { kind: 'superblock', name }
    default:
      return undefined
  }
}

function pairOf(data: Uint8Array): Pair {
  const reader = new Reader(data, 'little')
  return [reader.u32(), reader.u32()]
}

function wordsOf(data: Uint8Array): readonly [number, number, number] {
  const reader = new Reader(data, 'little')
  return [reader.u32(), reader.u32(), reader.u32()]
}
