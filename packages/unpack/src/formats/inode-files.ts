import { type Bytes, BytesError } from '@messlatte/bytes'
import { type ContainerFormat, type EntryMeta, FormatError, type Region, type Sink } from '../contract.ts'
import { type InodeMember, type InodeName, listInodes } from './inode-tree.ts'
import { inBatches } from './members.ts'
import { gathered, type Piece, showPieces, type Trouble } from './pieces.ts'

/** A file system that is opened: names lead to numbers, and those to stretches of it. What its methods throw costs one file. */
export interface InodeVolume {
  readonly root: number
  /** Bytes that it says it has. */
  readonly size: number
  /** What is wrong with all of it: what a log holds, for one. */
  readonly warnings: readonly string[]
  describe(inode: number, path: string): EntryMeta | undefined
  names(inode: number): readonly InodeName[]
  sizeOf(inode: number): number
  /** Where a file lies; holes are left out. */
  pieces(inode: number, size: number, trouble: Trouble): { readonly list: readonly Piece[] }
}

interface File {
  readonly inode: number
  /** Bytes. */
  readonly size: number
}

export type InodeFile = InodeMember<File>

/** The work of a file system whose contents lie in it as they are. */
export function inodeFiles(
  volumeIn: (bytes: Bytes, region: Region, spend: Sink['spend']) => InodeVolume,
): Pick<ContainerFormat<readonly InodeFile[]>, 'open' | 'read'> {
  return {
    *open(bytes, region, problem) {
      const volume = volumeIn(bytes, region, () => {})
      if (region.start + volume.size > region.end)
        problem('truncated', `${volume.size} bytes are announced, ${region.end - region.start} are there`)
      for (const warning of volume.warnings) problem('unsupported', warning)
      yield* inBatches(list(volume, problem), ({ file }) => file?.size ?? 0)
    },

    read(bytes, region, plan, sink) {
      const volume = volumeIn(bytes, region, sink.spend)
      for (const { meta, file } of plan) {
        if (file) show(volume, file, meta, sink)
        else sink.entry(meta)
      }
    },
  }
}

function show(volume: InodeVolume, { inode, size }: File, meta: EntryMeta, sink: Sink): void {
  const { trouble, tell } = gathered()
  const found = attempt(
    () => volume.pieces(inode, size, trouble).list,
    (code, message) => trouble(code, `${message}; it is shown as zeros`),
  )
  showPieces(meta, size, found ?? [], sink)
  tell(sink, meta.path)
}

function list(volume: InodeVolume, problem: Sink['problem']): Iterable<InodeFile> {
  return listInodes<File>(
    {
      root: volume.root,
      describe: (inode, path) => volume.describe(inode, path),
      within: (inode, path) =>
        attempt(
          () => volume.names(inode),
          (code, message) => problem(code, message, path),
        ) ?? [],
      content: (inode) => ({ inode, size: volume.sizeOf(inode) }),
      *parents() {},
    },
    problem,
  )
}

function attempt<T>(action: () => T, told: Trouble): T | undefined {
  try {
    return action()
  } catch (error) {
    if (error instanceof FormatError) told(error.code, error.message)
    else if (error instanceof BytesError) told('truncated', error.message)
    else throw error
    return undefined
  }
}
