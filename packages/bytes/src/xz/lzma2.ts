import { failure } from '../lz.ts'
import { type LzmaCore, propertiesOf } from '../lzma.ts'
import { DecodeError } from '../stream-end.ts'

/** Most bytes that one LZMA2 chunk holds: compressed with its header, and uncompressed. */
export const CHUNK_INPUT = 65_536 + 6
export const CHUNK_OUTPUT = 2 * 1024 * 1024

/** Where a decoder stands in the core's memory. */
export interface Lzma2State {
  /** Next output byte. */
  out: number
  /** First byte of history that matches may reach. */
  dictionary: number
  /** What to subtract from `out` to get the position since the last dictionary reset; may be negative. */
  bias: number
  needs: 'dictionary' | 'properties' | 'state' | 'nothing'
}

export interface ChunkHeader {
  readonly kind: 'end' | 'stored' | 'lzma'
  /** Bytes of the header. */
  readonly header: number
  readonly compressed: number
  readonly uncompressed: number
  readonly control: number
}

/** Bytes of the header that begins with `control`. */
export function chunkHeaderSize(control: number): number {
  if (control === 0) return 1
  if (control < 0x80) return 3
  return control >= 0xc0 ? 6 : 5
}

/** @param view the whole header @throws DecodeError */
export function readChunkHeader(view: Uint8Array, at: number): ChunkHeader {
  const control = view[at] as number
  if (control === 0)
    return { kind: 'end', header: chunkHeaderSize(control), compressed: 0, uncompressed: 0, control }
  const low = ((view[at + 1] as number) << 8) | (view[at + 2] as number)
  if (control < 0x80) {
    if (control > 2) throw new DecodeError('corrupt', 'LZMA2: an unknown chunk')
    return {
      kind: 'stored',
      header: chunkHeaderSize(control),
      compressed: low + 1,
      uncompressed: low + 1,
      control,
    }
  }
  return {
    kind: 'lzma',
    header: chunkHeaderSize(control),
    compressed: (((view[at + 3] as number) << 8) | (view[at + 4] as number)) + 1,
    uncompressed: (((control & 0x1f) << 16) | low) + 1,
    control,
  }
}

/**
 * Decodes one chunk that lies whole in the core's memory at `at`, with slack behind it; there is room for its output.
 * @throws DecodeError, with `state.out` behind what came before the damage
 */
export function decodeChunk(
  core: LzmaCore,
  view: Uint8Array,
  at: number,
  chunk: ChunkHeader,
  state: Lzma2State,
): void {
  const body = at + chunk.header
  if (chunk.kind === 'stored') {
    if (chunk.control === 1) resetDictionary(state)
    else if (state.needs === 'dictionary') throw new DecodeError('corrupt', 'LZMA2: no dictionary reset')
    view.copyWithin(state.out, body, body + chunk.compressed)
    state.out += chunk.compressed
    return
  }
  prepare(core, view, at, chunk, state)
  const { exports } = core
  const bodyEnd = body + chunk.compressed
  const begun = exports.initRange(body, bodyEnd)
  if (begun !== 0) throw failure('LZMA2', begun)
  const status = exports.decode(
    bodyEnd,
    state.out,
    state.out + chunk.uncompressed,
    state.dictionary,
    state.bias,
  )
  // A last symbol that was made up from what lies behind the input does not count.
  state.out = exports.gIn.value > bodyEnd ? exports.gBefore.value : exports.gOut.value
  if (status !== 0) throw failure('LZMA2', status === 1 ? 3 : status)
  if (exports.finish() !== 0 || exports.gIn.value !== bodyEnd)
    throw new DecodeError('corrupt', 'LZMA2: a chunk does not end where it says')
}

function resetDictionary(state: Lzma2State): void {
  state.dictionary = state.out
  state.bias = state.out
  if (state.needs === 'dictionary') state.needs = 'properties'
}

function prepare(
  { exports }: LzmaCore,
  view: Uint8Array,
  at: number,
  { control }: ChunkHeader,
  state: Lzma2State,
): void {
  if (control >= 0xe0) resetDictionary(state)
  if (state.needs === 'dictionary') throw new DecodeError('corrupt', 'LZMA2: no dictionary reset')
  if (control >= 0xc0) {
    const { lc, lp, pb } = propertiesOf(view[at + 5] as number)
    exports.setProps(lc, lp, pb)
  } else if (state.needs === 'properties') {
    throw new DecodeError('corrupt', 'LZMA2: no properties')
  }
  if (control >= 0xa0) exports.resetState()
  else if (state.needs !== 'nothing') throw new DecodeError('corrupt', 'LZMA2: no state reset')
  state.needs = 'nothing'
}
