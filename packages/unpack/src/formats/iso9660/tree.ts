import type { Bytes } from '@messlatte/bytes'
import type { EntryMeta, Region, Sink } from '../../contract.ts'
import { type Stored, typeOfMode } from '../members.ts'
import { type IsoRecord, isSelfOrParent, jolietName, parseRecord, plainName } from './record.ts'
import { type RockRidge, readRockRidge, skippedBytes } from './rock-ridge.ts'
import type { IsoVolume, IsoVolumes } from './volume.ts'

/** A name, and where the content of a file lies: mostly in one piece. */
export interface IsoMember {
  readonly meta: EntryMeta
  readonly pieces?: readonly Stored[]
  /** Bytes of what zisofs packed. */
  readonly packed?: number
}

/** No real path is longer; a loop of directories would make them grow for ever. */
const MAX_PATH = 16_384
const SECTOR = 2048

interface Directory {
  readonly path: string
  readonly extent: number
  readonly size: number
}

/** Names of Rock Ridge where there are any, else of Joliet, else the plain ones. */
export function* listIso(
  bytes: Bytes,
  region: Region,
  { primary, joliet }: IsoVolumes,
  problem: Sink['problem'],
): Generator<IsoMember> {
  const skip = rockRidgeSkip(bytes, region, primary)
  if (skip === undefined && joliet) yield* new Tree(bytes, region, joliet, undefined, true, problem).list()
  else yield* new Tree(bytes, region, primary, skip, false, problem).list()
}

/** Bytes before the fields of Rock Ridge; undefined where there are none. */
export function rockRidgeSkip(
  bytes: Bytes,
  { start }: Pick<Region, 'start'>,
  { root, blockSize }: IsoVolume,
): number | undefined {
  const at = start + root.extent * blockSize
  const self = at < bytes.size ? parseRecord(bytes.view(at, Math.min(255, bytes.size - at))) : undefined
  return self && skippedBytes(self.system)
}

class Tree {
  readonly #bytes: Bytes
  readonly #region: Region
  readonly #volume: IsoVolume
  /** Undefined where Rock Ridge is not used. */
  readonly #skip: number | undefined
  readonly #joliet: boolean
  readonly #problem: Sink['problem']
  readonly #seen = new Set<number>()
  /** Bytes of directories, together: where they overlap, they could be read for ever. */
  #left: number
  /** Bytes of areas in which the fields of names go on: each belongs to one name. */
  #leftBeside: number

  constructor(
    bytes: Bytes,
    region: Region,
    volume: IsoVolume,
    skip: number | undefined,
    joliet: boolean,
    problem: Sink['problem'],
  ) {
    this.#bytes = bytes
    this.#region = region
    this.#volume = volume
    this.#skip = skip
    this.#joliet = joliet
    this.#problem = problem
    this.#left = region.end - region.start
    this.#leftBeside = this.#left
  }

  *list(): Generator<IsoMember> {
    const { extent, size } = this.#volume.root
    const pending: Directory[] = [{ path: '', extent, size }]
    for (let directory = pending.pop(); directory; directory = pending.pop()) {
      const { path } = directory
      if (this.#seen.has(directory.extent) || path.length > MAX_PATH) {
        this.#problem('loop', 'a directory that was seen before', path)
        continue
      }
      this.#seen.add(directory.extent)
      const children: Directory[] = []
      let pieces: Stored[] = []
      for (const record of this.#records(directory)) {
        if (isSelfOrParent(record)) continue
        const rock = this.#rockRidge(record)
        if (this.#leftBeside < 0) return this.#problem('loop', 'areas of Rock Ridge that overlap', path)
        if (rock?.moved) continue
        const name = this.#joliet ? jolietName(record) : (rock?.name ?? plainName(record))
        if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')) {
          this.#problem('name', 'a name that no file may have', path)
          continue
        }
        const full = path === '' ? name : `${path}/${name}`
        const moved = rock?.child
        if (record.isDirectory || moved !== undefined) {
          yield { meta: metaOf(record, rock, full, true) }
          children.push({ path: full, extent: moved ?? record.extent, size: this.#sizeOf(moved, record) })
          continue
        }
        if (record.interleaved) this.#problem('unsupported', 'its blocks lie between those of others', full)
        pieces.push({ at: this.#region.start + record.extent * this.#volume.blockSize, length: record.size })
        if (record.more) continue
        yield this.#member(metaOf(record, rock, full, false), pieces, rock?.packed)
        pieces = []
      }
      pending.push(...children.toReversed())
    }
  }

  #member(meta: EntryMeta, pieces: readonly Stored[], packed: number | undefined): IsoMember {
    if (meta.type !== 'file') return { meta }
    const found = { meta, pieces: joined(pieces) }
    return packed === undefined ? found : { ...found, packed }
  }

  /** Of a directory that was moved: its own first record tells. */
  #sizeOf(moved: number | undefined, record: IsoRecord): number {
    if (moved === undefined) return record.size
    const at = this.#region.start + moved * this.#volume.blockSize
    if (at >= this.#region.end) return SECTOR
    return parseRecord(this.#bytes.view(at, Math.min(255, this.#region.end - at)))?.size ?? SECTOR
  }

  /** Records do not cross sectors; behind the last one of a sector are zeros. */
  *#records({ path, extent, size }: Directory): Generator<IsoRecord> {
    const start = this.#region.start + extent * this.#volume.blockSize
    const end = Math.min(start + size, this.#region.end)
    if (start + size > this.#region.end)
      this.#problem('truncated', 'the image ends within this directory', path)
    for (let sector = start; sector < end; sector += SECTOR) {
      this.#left -= SECTOR
      if (this.#left < 0) return this.#problem('loop', 'directories that overlap', path)
      const view = this.#bytes.view(sector, Math.min(SECTOR, end - sector))
      for (let at = 0; at < view.length && view[at] !== 0; ) {
        const record = parseRecord(view.subarray(at))
        if (!record) {
          this.#problem('structure', 'a record that does not fit', path)
          break
        }
        yield record
        at += view[at] as number
      }
    }
  }

  #rockRidge({ system }: IsoRecord): RockRidge | undefined {
    if (this.#skip === undefined) return undefined
    return readRockRidge(system.subarray(this.#skip), (block, offset, length) => {
      if (this.#leftBeside < 0) return new Uint8Array(0)
      const at = this.#region.start + block * this.#volume.blockSize + offset
      const view = this.#bytes.view(at, Math.min(length, SECTOR))
      this.#leftBeside -= view.length
      return view
    })
  }
}

function metaOf(
  record: IsoRecord,
  rock: RockRidge | undefined,
  path: string,
  isDirectory: boolean,
): EntryMeta {
  const { mode, ...owner } = rock?.attributes ?? {}
  const mtime = rock?.mtime ?? record.mtime
  const type = isDirectory ? 'directory' : (typeOfMode(mode ?? 0) ?? 'file')
  return {
    path,
    type: type === 'directory' && !isDirectory ? 'file' : type,
    ...(mode !== undefined && { mode: mode & 0o7777 }),
    ...owner,
    ...(mtime !== undefined && { mtime }),
    ...(type === 'symlink' && { target: rock?.target ?? '' }),
    ...((type === 'character' || type === 'block') && rock?.device && { device: rock.device }),
  }
}

/** Pieces that follow each other are one. */
function joined(pieces: readonly Stored[]): readonly Stored[] {
  const result: Stored[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    if (last && last.at + last.length === piece.at)
      result[result.length - 1] = { at: last.at, length: last.length + piece.length }
    else result.push(piece)
  }
  return result
}
