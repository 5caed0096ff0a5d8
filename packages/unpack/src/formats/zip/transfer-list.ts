import type { BlockExtent } from '../block-extents.ts'

/** Of Android's block-based updates, in bytes. */
export const BLOCK = 4096
/** A petabyte of them. */
const MOST_BLOCKS = 2 ** 38

/** What a partition is made of. AOSP, build/make/tools/releasetools/blockimgdiff.py. */
export interface TransferList {
  /** Bytes of the partition, up to the last block that is named. */
  readonly size: number
  /** Blocks that get new contents, in the order in which these lie; none comes twice. */
  readonly fresh: readonly BlockExtent[]
  readonly commands: number
  /** Commands that take blocks of the old image. */
  readonly needOld: number
}

const WRITES_ZEROS = ['zero', 'erase']
const TAKES_OLD = ['move', 'bsdiff', 'imgdiff', 'stash']
const TAKES_NOTHING = ['free', 'abort', 'compute_hash_tree']

/** Versions 1 to 4; undefined for a text that is none. */
export function parseTransferList(text: string): TransferList | undefined {
  const lines = text.split('\n')
  const version = Number(lines[0])
  if (!/^[1-4]\r?$/.test(lines[0] ?? '') || !/^\d{1,12}\r?$/.test(lines[1] ?? '')) return undefined
  const fresh: BlockExtent[] = []
  let [last, commands, needOld] = [0, 0, 0]
  for (const line of lines.slice(version === 1 ? 2 : 4)) {
    if (line === '') continue
    const [command = '', ranges = ''] = line.trimEnd().split(' ', 2)
    commands++
    if (TAKES_OLD.includes(command)) needOld++
    else if (command === 'new' || WRITES_ZEROS.includes(command)) {
      const extents = rangesOf(ranges)
      if (!extents) return undefined
      for (const extent of extents) {
        last = Math.max(last, extent.start + extent.count)
        if (command === 'new') fresh.push(extent)
      }
    } else if (!TAKES_NOTHING.includes(command)) return undefined
  }
  return lieApart(fresh) ? { size: last * BLOCK, fresh, commands, needOld } : undefined
}

/** `4,0,8,16,20`: how many numbers follow, then pairs of a first block and the one behind the last. */
function rangesOf(text: string): readonly BlockExtent[] | undefined {
  const numbers = text.split(',').map(Number)
  const [count] = numbers
  if (count !== numbers.length - 1 || count % 2 !== 0 || count === 0) return undefined
  const extents: BlockExtent[] = []
  for (let index = 1; index < numbers.length; index += 2) {
    const [start, end] = [numbers[index] as number, numbers[index + 1] as number]
    if (
      !(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= MOST_BLOCKS)
    )
      return undefined
    extents.push({ start, count: end - start })
  }
  return extents
}

function lieApart(extents: readonly BlockExtent[]): boolean {
  const sorted = extents.toSorted((a, b) => a.start - b.start)
  return sorted.every(({ start }, index) => {
    const before = sorted[index - 1]
    return !before || before.start + before.count <= start
  })
}
