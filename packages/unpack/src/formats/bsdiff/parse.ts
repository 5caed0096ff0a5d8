import { type Bytes, bzip2Stream, latin1, Reader, sliceBytes } from '@messlatte/bytes'

/** Colin Percival's patches, and those of one stream of Matthew Endsley's. */
export const [MAGIC, SINGLE] = ['BSDIFF40', 'ENDSLEY/BSDIFF43'] as const
/** Decompressed bytes behind which the end of a patch is no longer looked for. */
const MOST_LOOKED_AT = 64 * 1024 * 1024

/** A stream of bzip2 of a patch. */
export interface Part {
  readonly path: string
  readonly at: number
  /** Bytes; of the last one, up to the end of the source. */
  readonly length: number
}

/** The streams of the patch at `at`; undefined where they have no room; little endian. */
export function parseBsdiff(bytes: Bytes, at: number): readonly Part[] | undefined {
  const reader = new Reader(bytes.view(at, Math.min(32, bytes.size - at)), 'little')
  if (reader.latin1(MAGIC.length) === MAGIC) {
    const [control, difference] = [reader.size64(), reader.size64()]
    reader.size64()
    const differenceAt = at + reader.at + control
    const extraAt = differenceAt + difference
    if (!(extraAt < bytes.size)) return undefined
    const parts = [
      { path: 'control', at: at + reader.at, length: control },
      { path: 'difference', at: differenceAt, length: difference },
      { path: 'extra', at: extraAt, length: bytes.size - extraAt },
    ]
    return parts.every((part) => isBzip2(bytes, part.at)) ? parts : undefined
  }
  reader.at = 0
  if (reader.latin1(SINGLE.length) !== SINGLE) return undefined
  reader.size64()
  const patchAt = at + reader.at
  return isBzip2(bytes, patchAt) ? [{ path: 'patch', at: patchAt, length: bytes.size - patchAt }] : undefined
}

function isBzip2(bytes: Bytes, at: number): boolean {
  return at + 4 <= bytes.size && /^BZh[1-9]$/.test(latin1(bytes.view(at, 4)))
}

class LookedAtEnough extends Error {}

/** Where the last stream ends, or the source where that takes too long to see. */
export function endOf(bytes: Bytes, { at, length }: Part): number {
  let seen = 0
  try {
    const { end, problem } = bzip2Stream(sliceBytes(bytes, at, length), 0, (chunk) => {
      seen += chunk.length
      if (seen > MOST_LOOKED_AT) throw new LookedAtEnough()
    })
    return problem ? bytes.size : at + end
  } catch (error) {
    if (error instanceof LookedAtEnough) return bytes.size
    throw error
  }
}
