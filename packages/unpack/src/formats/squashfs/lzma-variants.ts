import {
  DecodeError,
  type LzmaProperties,
  lzmaRaw,
  lzmaStream,
  memoryBytes,
  propertiesOf,
} from '@messlatte/bytes'

/** What vendors put in front of a block's raw LZMA1 stream. */
export type LzmaVariant =
  /** u32 size (little endian), properties byte, u32 dictionary (7-Zip's encoder in squashfs 2.2). */
  | { readonly header: 'size-and-properties' }
  /** Properties byte, u32 dictionary (Broadcom, Cisco, and the first LZMA of version 4). */
  | { readonly header: 'properties' }
  /** Position bits, literal context bits, literal position bits, one byte of no meaning (DD-WRT). */
  | { readonly header: 'counts' }
  /** Nothing: the first byte of the stream itself, which is always zero, is left out as well (AVM, versions 2 and 3). */
  | { readonly header: 'unled' }
  /** So many bytes of no meaning, and the same properties for the whole image. */
  | { readonly header: 'skipped'; readonly bytes: number; readonly properties: LzmaProperties }

/** One block. @returns bytes written @throws DecodeError */
export function lzmaVariantBlock(variant: LzmaVariant, input: Uint8Array, output: Uint8Array): number {
  switch (variant.header) {
    case 'size-and-properties': {
      const head = headOf(input, 9)
      const size = new DataView(head.buffer, head.byteOffset, 4).getUint32(0, true)
      if (size > output.length)
        throw new DecodeError('output-full', `LZMA: ${size} bytes for ${output.length}`)
      return lzmaRaw(input.subarray(9), output.subarray(0, size), propertiesOf(head[4] as number))
    }
    case 'properties':
      return unsizedBlock(input.subarray(5), output, propertiesOf(headOf(input, 5)[0] as number))
    case 'counts': {
      const [pb, lc, lp] = headOf(input, 4) as unknown as readonly [number, number, number]
      return unsizedBlock(input.subarray(4), output, checked({ lc, lp, pb }))
    }
    case 'unled':
      return unsizedBlock(Buffer.concat([LEAD, input]), output, DEFAULT_PROPERTIES)
    case 'skipped':
      return unsizedBlock(input.subarray(variant.bytes), output, variant.properties)
  }
}

function headOf(input: Uint8Array, length: number): Uint8Array {
  if (input.length < length) throw new DecodeError('truncated', 'LZMA: the header is cut off')
  return input.subarray(0, length)
}

function checked({ lc, lp, pb }: LzmaProperties): LzmaProperties {
  if (lc > 8 || lp > 4 || pb > 4)
    throw new DecodeError('unsupported', `LZMA: lc ${lc}, lp ${lp}, pb ${pb} are out of range`)
  return propertiesOf(lc + 9 * (lp + 5 * pb))
}

/**
 * A stream that fills the output, ends with a mark, or ends where its input does: with neither size nor mark, that is
 * all that tells how long the last metadata block is.
 */
function unsizedBlock(input: Uint8Array, output: Uint8Array, properties: LzmaProperties): number {
  try {
    return lzmaRaw(input, output, properties)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return untilInputEnds(input, output, properties, error)
  }
}

function untilInputEnds(
  input: Uint8Array,
  output: Uint8Array,
  properties: LzmaProperties,
  first: DecodeError,
): number {
  let written = 0
  try {
    const stream = { properties, dictionary: output.length, size: output.length }
    lzmaStream(memoryBytes(input), 0, stream, (chunk) => {
      output.set(chunk, written)
      written += chunk.length
    })
  } catch (error) {
    if (!(error instanceof DecodeError) || error.code !== 'truncated' || written === 0) throw first
  }
  return written
}

const LEAD = new Uint8Array(1)
const DEFAULT_PROPERTIES: LzmaProperties = { lc: 3, lp: 0, pb: 2 }
/** What stands before the stream is not longer than this in any image that is known. */
const MOST_SKIPPED = 10

/** All variants, the known ones first, always in the same order. */
export function* lzmaVariants(): Generator<LzmaVariant> {
  yield { header: 'size-and-properties' }
  yield { header: 'properties' }
  yield { header: 'counts' }
  yield { header: 'unled' }
  for (let bytes = 0; bytes <= MOST_SKIPPED; bytes++) {
    yield { header: 'skipped', bytes, properties: DEFAULT_PROPERTIES }
  }
  for (let bytes = 0; bytes <= MOST_SKIPPED; bytes++) {
    for (const properties of allProperties()) yield { header: 'skipped', bytes, properties }
  }
}

/** With up to four contexts, as everybody's LZMA has. */
function* allProperties(): Generator<LzmaProperties> {
  for (let lc = 0; lc <= 4; lc++) {
    for (let lp = 0; lp + lc <= 4; lp++) {
      for (let pb = 0; pb <= 4; pb++) yield { lc, lp, pb }
    }
  }
}
