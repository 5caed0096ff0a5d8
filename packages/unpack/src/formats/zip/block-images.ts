import { BrotliDecoder, type Bytes, DecodeError, type Extent, latin1 } from '@messlatte/bytes'
import { FormatError, type Sink } from '../../contract.ts'
import { Blocks } from '../block-extents.ts'
import { wrapped } from '../members.ts'
import { type Data, unpackLong, type ZipContent } from './content.ts'
import { DEFLATED, STORED } from './methods.ts'
import { BLOCK, parseTransferList, type TransferList } from './transfer-list.ts'

/** A partition that a package of Android 5 to 9 keeps in two members: a list of blocks, and the contents of these. */
export interface BlockImage {
  readonly path: string
  readonly list: Data
  readonly blocks: Data
  readonly isBrotli: boolean
}

const LIST = '.transfer.list'
const CONTENTS = '.new.dat'
const BROTLI = '.br'
const IMAGE = '.img'
/** Of a list, in bytes: those of whole systems have some hundred kilobytes. */
const MOST_LIST = 16 * 1024 * 1024

/** Whether a member says something about such a partition. */
export function makesBlockImage({ meta }: ZipContent): boolean {
  return [LIST, CONTENTS, CONTENTS + BROTLI, IMAGE].some((ending) => meta.path.endsWith(ending))
}

/** The partitions whose two members are both there. */
export function blockImagesOf(members: readonly ZipContent[]): readonly BlockImage[] {
  const lists = members.filter(({ meta }) => meta.path.endsWith(LIST))
  if (lists.length === 0) return []
  const byPath = new Map(members.map(({ meta, data }) => [meta.path, data]))
  return lists.flatMap(({ meta, data: list }) => {
    const base = meta.path.slice(0, -LIST.length)
    const plain = byPath.get(base + CONTENTS)
    const blocks = plain ?? byPath.get(base + CONTENTS + BROTLI)
    const path = base + (byPath.has(base + IMAGE) ? `.new${IMAGE}` : IMAGE)
    if (!isReadable(list) || !isReadable(blocks) || list.size > MOST_LIST) return []
    return [{ path, list, blocks, isBrotli: plain === undefined }]
  })
}

/** Packed as packages are, so that its size is believed. */
function isReadable(data: Data | undefined): data is Data {
  return data !== undefined && !data.locked && (data.method === STORED || data.method === DEFLATED)
}

/** Puts a partition together. A list that is none makes no image: its members are shown all the same. */
export function showBlockImage(bytes: Bytes, image: BlockImage, sink: Sink): void {
  const { path, blocks, isBrotli } = image
  const list = listOf(bytes, image.list)
  if (!list) return
  const { size, fresh, commands, needOld } = list
  const told = fresh.reduce((sum, { count }) => sum + count, 0) * BLOCK
  if (needOld > 0) sink.problem('unsupported', `${needOld} of ${commands} commands need the old image`, path)
  else if (blocks.method === STORED && !isBrotli) {
    if (blocks.size < told) sink.problem('structure', 'there are fewer contents than blocks', path)
    sink.mapped(wrapped(path), size, placesOf(list, blocks))
  } else {
    sink.file(wrapped(path), size, (out) => {
      const target = new Blocks(out, BLOCK, fresh)
      const write = (chunk: Uint8Array) => target.write(chunk)
      if (isBrotli) unbrotli(bytes, blocks, write)
      else check(unpackLong(bytes, blocks, write))
      if (target.left > 0) sink.problem('structure', 'there are fewer contents than blocks', path)
    })
  }
}

function listOf(bytes: Bytes, data: Data): TransferList | undefined {
  try {
    return parseTransferList(latin1(held(bytes, data)))
  } catch (error) {
    if (!(error instanceof DecodeError || error instanceof FormatError)) throw error
    return undefined
  }
}

/** Where the contents go that lie in the archive as they are. */
function placesOf({ fresh }: TransferList, blocks: Data): readonly Extent[] {
  const end = blocks.at + blocks.size
  const places: Extent[] = []
  let from = blocks.at
  for (const { start, count } of fresh) {
    const length = Math.min(count * BLOCK, end - from)
    if (length > 0) places.push({ at: start * BLOCK, length, from })
    from += length
  }
  return places.sort((a, b) => a.at - b.at)
}

/** @throws FormatError, DecodeError */
function unbrotli(bytes: Bytes, data: Data, emit: (piece: Uint8Array) => void): void {
  const decoder = new BrotliDecoder()
  try {
    check(unpackLong(bytes, data, (chunk) => decoder.write(chunk, emit)))
    decoder.end(emit)
  } finally {
    decoder.close()
  }
}

/** @throws FormatError, DecodeError */
function held(bytes: Bytes, data: Data): Uint8Array {
  const content = new Uint8Array(data.size)
  let done = 0
  check(
    unpackLong(bytes, data, (chunk) => {
      content.set(chunk, done)
      done += chunk.length
    }),
  )
  return content
}

/** What is wrong with the contents is told with the member that holds them; here it only ends the work. @throws FormatError */
function check({ problem }: ReturnType<typeof unpackLong>): void {
  if (problem && problem.code !== 'checksum') throw new FormatError('structure', problem.message)
}
