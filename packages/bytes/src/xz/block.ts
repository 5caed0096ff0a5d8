import { SLACK } from '../cores/core.ts'
import { inputBase, type LzmaCore, lzmaCores } from '../lzma.ts'
import { DecodeError } from '../stream-end.ts'
import { startCheck } from './check.ts'
import {
  blockHeaderSize,
  type Filter,
  readBlockHeader,
  readStreamHeader,
  STREAM_HEADER,
  type StreamFlags,
} from './container.ts'
import { type Unfilter, unfilter } from './filters.ts'
import { decodeChunk, type Lzma2State, readChunkHeader } from './lzma2.ts'

const LZMA2 = 0x21
const BASE = inputBase({ lc: 4, lp: 0, pb: 0 })

/**
 * An .xz stream of one block, as SquashFS stores it: the output is the dictionary. Its check is verified; the index
 * behind it is not looked at, because it tells nothing that the block does not.
 * @returns bytes written
 * @throws DecodeError
 */
export function xzBlock(input: Uint8Array, output: Uint8Array): number {
  if (input.length < STREAM_HEADER + 8) throw new DecodeError('truncated', 'xz: the headers are cut off')
  const flags = readStreamHeader(input.subarray(0, STREAM_HEADER))
  const first = input[STREAM_HEADER] as number
  if (first === 0) return 0
  const headerEnd = STREAM_HEADER + blockHeaderSize(first)
  if (headerEnd > input.length) throw new DecodeError('truncated', 'xz: the block header is cut off')
  const header = readBlockHeader(input.subarray(STREAM_HEADER, headerEnd))
  const filters = branchFilters(header.filters)
  return lzmaCores.use((core) => decodeOnly(core, input, headerEnd, flags, filters, output))
}

function decodeOnly(
  core: LzmaCore,
  input: Uint8Array,
  headerEnd: number,
  flags: StreamFlags,
  filters: readonly Unfilter[],
  output: Uint8Array,
): number {
  const inputEnd = BASE + input.length
  const out = inputEnd + SLACK
  const view = core.memory(out + output.length + SLACK)
  view.set(input, BASE)
  view.fill(0, inputEnd, out)
  const state: Lzma2State = { out, dictionary: out, bias: out, needs: 'dictionary' }
  let at = BASE + headerEnd
  for (;;) {
    if (at + 6 > inputEnd && view[at] !== 0) throw new DecodeError('truncated', 'xz: the data ends early')
    const chunk = readChunkHeader(view, at)
    if (chunk.kind === 'end') break
    if (at + chunk.header + chunk.compressed > inputEnd)
      throw new DecodeError('truncated', 'xz: the data ends early')
    if (state.out + chunk.uncompressed > out + output.length) {
      throw new DecodeError('output-full', 'xz: more comes out than there is room for')
    }
    decodeChunk(core, view, at, chunk, state)
    at += chunk.header + chunk.compressed
  }
  for (const undo of filters) undo(view.subarray(out, state.out))
  const check = startCheck(flags.check, core)
  const stored = BASE + headerEnd + Math.ceil((at + 1 - BASE - headerEnd) / 4) * 4
  if (stored + flags.checkSize > inputEnd) throw new DecodeError('truncated', 'xz: the check is cut off')
  check?.update(view, out, state.out)
  if (check && !check.equals(view.slice(stored, stored + flags.checkSize)))
    throw new DecodeError('checksum', 'xz: the check differs')
  if (view[stored + flags.checkSize] !== 0) throw new DecodeError('unsupported', 'xz: more than one block')
  output.set(view.subarray(out, state.out))
  return state.out - out
}

/** What has to be undone behind LZMA2, in that order. @throws DecodeError */
export function branchFilters(filters: readonly Filter[]): readonly Unfilter[] {
  const last = filters.at(-1)
  if (last?.id !== LZMA2) throw new DecodeError('unsupported', 'xz: the last filter is not LZMA2')
  return filters.slice(0, -1).reverse().map(unfilter)
}
