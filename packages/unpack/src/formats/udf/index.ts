import { type ContainerFormat, FormatError, type Sink } from '../../contract.ts'
import { type InodeMember, type InodeTree, listInodes } from '../inode-tree.ts'
import { inBatches } from '../members.ts'
import { gathered, showPieces } from '../pieces.ts'
import { type Layout, readLayout } from './layout.ts'
import { udfRegion } from './region.ts'
import { Volume } from './volume.ts'

interface File {
  readonly inode: number
  /** Bytes. */
  readonly size: number
}

type Member = InodeMember<File>

/** What announces it stands in the first sector of its list, or behind those of an ISO 9660 volume. */
const ANNOUNCED = '\0BEA01\x01'
const [SEQUENCE_AT, STEP, PLACES] = [0x8000, 2048, 8]

export const udf: ContainerFormat<readonly Member[]> = {
  kind: 'container',
  name: 'udf',
  title: 'UDF (discs and sticks; with virtual, sparable and metadata partitions)',
  references: [
    'ECMA-167, Volume and File Structure for Write-Once and Rewritable Media, 3rd edition',
    'OSTA, Universal Disk Format Specification 2.60',
  ],
  limits: [
    'named streams and extended attributes are not shown',
    'where Rock Ridge tells of the same files, as on discs for two kinds of systems, that is what is read',
    'volumes of several discs, and those whose first anchor lies elsewhere than at block 256 or 512, are not recognised',
    'of entries that were written over on discs that are written once (strategy 4096), the first one counts',
    'partitions of metadata, and moved packets, were tried on patched images only',
  ],
  magic: Array.from({ length: PLACES }, (_, index) => ({ bytes: ANNOUNCED, at: SEQUENCE_AT + index * STEP })),
  carve: true,

  recognise: udfRegion,

  *open(bytes, region, problem) {
    const layout = readLayout(bytes, region.start) as Layout
    const length = layout.blocks * layout.blockSize
    if (region.start + length > region.end)
      problem('truncated', `${length} bytes are announced, ${region.end - region.start} are there`)
    const members = listInodes(treeOf(new Volume(bytes, region, layout), problem), problem)
    yield* inBatches(members, ({ file }) => file?.size ?? 0)
  },

  read(bytes, region, plan, sink) {
    const volume = new Volume(bytes, region, readLayout(bytes, region.start) as Layout)
    for (const { meta, file } of plan) {
      if (!file) {
        sink.entry(meta)
        continue
      }
      const { trouble, tell } = gathered()
      showPieces(meta, file.size, listOf(volume, file, trouble), sink)
      tell(sink, meta.path)
    }
  },
}

/** What throws on the way costs the rest of this file. */
function listOf(volume: Volume, { inode, size }: File, trouble: Parameters<Volume['pieces']>[2]) {
  try {
    return volume.pieces(inode, size, trouble).list
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    trouble(error.code, `${error.message}; it is shown as zeros`)
    return []
  }
}

function treeOf(volume: Volume, problem: Sink['problem']): InodeTree<File> {
  return {
    root: volume.root,
    describe: (inode, path) => volume.describe(inode, path),
    within(inode, path) {
      try {
        return volume.names(inode)
      } catch (error) {
        if (!(error instanceof FormatError)) throw error
        problem(error.code, error.message, path)
        return []
      }
    },
    content: (inode) => ({ inode, size: volume.entry(inode).size }),
    *parents() {},
  }
}
