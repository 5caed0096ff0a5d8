import { type Core, lazyCores, SLACK } from './cores/core.ts'
import { wasm } from './cores/lzma.wasm.ts'
import { failure } from './lz.ts'
import { DecodeError } from './stream-end.ts'

/** Literal context bits, literal position bits, position bits. */
export interface LzmaProperties {
  readonly lc: number
  readonly lp: number
  readonly pb: number
}

interface LzmaExports {
  setInput(at: number): void
  setProps(lc: number, lp: number, pb: number): void
  resetState(): void
  initRange(input: number, inputEnd: number): number
  decode(
    inputEnd: number,
    output: number,
    outputEnd: number,
    dictionary: number,
    positionBias: number,
  ): number
  finish(): number
  crc64(at: number, end: number, low: number, high: number): void
  readonly gIn: WebAssembly.Global<'i32'>
  readonly gOut: WebAssembly.Global<'i32'>
  readonly gBefore: WebAssembly.Global<'i32'>
  readonly gCrcLow: WebAssembly.Global<'i32'>
  readonly gCrcHigh: WebAssembly.Global<'i32'>
}

export type LzmaCore = Core<LzmaExports>

export const lzmaCores = lazyCores<LzmaExports>(wasm)

/** Where input may begin: behind the probabilities of the largest lc + lp that is allowed. */
export function inputBase({ lc, lp }: LzmaProperties): number {
  return 16_384 + 2 * (0x300 << (lc + lp))
}

/** Most contexts that LZMA2, and everybody's LZMA files, use. */
const MOST_CONTEXTS = 4

/** Splits the properties byte. @throws DecodeError */
export function propertiesOf(byte: number, mostContexts = MOST_CONTEXTS): LzmaProperties {
  const properties = { lc: byte % 9, lp: Math.floor(byte / 9) % 5, pb: Math.floor(byte / 45) }
  if (byte >= 225 || properties.lc + properties.lp > mostContexts) {
    throw new DecodeError('unsupported', `LZMA: properties 0x${byte.toString(16)} are out of range`)
  }
  return properties
}

/**
 * A raw LZMA1 stream without header.
 * @param ends whether an end mark has to come: else the stream is as long as `output`, if no mark comes before
 * @returns bytes written
 * @throws DecodeError
 */
export function lzmaRaw(
  input: Uint8Array,
  output: Uint8Array,
  properties: LzmaProperties,
  ends = false,
): number {
  return lzmaCores.use((core) => decodeRaw(core, input, output, properties, ends))
}

function decodeRaw(
  { exports, memory }: LzmaCore,
  input: Uint8Array,
  output: Uint8Array,
  properties: LzmaProperties,
  ends: boolean,
): number {
  const base = inputBase(properties)
  const inputEnd = base + input.length
  const out = inputEnd + SLACK
  const view = memory(out + output.length + SLACK)
  view.set(input, base)
  view.fill(0, inputEnd, out)
  exports.setProps(properties.lc, properties.lp, properties.pb)
  exports.resetState()
  const begun = exports.initRange(base, inputEnd)
  if (begun !== 0) throw failure('LZMA', begun)
  const status = exports.decode(inputEnd, out, out + output.length + (ends ? 1 : 0), out, out)
  if (status > 1) throw failure('LZMA', status)
  // The last symbol was made up from the zeros behind the input.
  if (exports.gIn.value > inputEnd) throw failure('LZMA', 2)
  const written = exports.gOut.value - out
  if (written > output.length) throw failure('LZMA', 4)
  output.set(view.subarray(out, out + written))
  return written
}

/** Header of a .lzma file: properties, u32 dictionary size, u64 size (all ones: unknown, ends with a mark). */
export const LZMA_ALONE_HEADER = 13

/** A whole .lzma content as one block, as SquashFS stores it. @returns bytes written @throws DecodeError */
export function lzmaAloneBlock(input: Uint8Array, output: Uint8Array): number {
  if (input.length < LZMA_ALONE_HEADER) throw new DecodeError('truncated', 'LZMA: the header is cut off')
  const properties = propertiesOf(input[0] as number)
  const header = new DataView(input.buffer, input.byteOffset, LZMA_ALONE_HEADER)
  const size = header.getBigUint64(5, true)
  const known = size !== 0xffff_ffff_ffff_ffffn
  if (known && size > BigInt(output.length))
    throw new DecodeError('output-full', `LZMA: ${size} bytes for ${output.length}`)
  return lzmaRaw(
    input.subarray(LZMA_ALONE_HEADER),
    known ? output.subarray(0, Number(size)) : output,
    properties,
    !known,
  )
}
