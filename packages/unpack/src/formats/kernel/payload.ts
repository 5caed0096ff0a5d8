import { type Bytes, BytesError, createSearch, DecodeError } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'
import { bzip2 } from '../bzip2/index.ts'
import { gzip } from '../gzip/index.ts'
import { lz4 } from '../lz4/index.ts'
import { lzma } from '../lzma/index.ts'
import { lzop } from '../lzop/index.ts'
import type { Stored } from '../members.ts'
import { xz } from '../xz/index.ts'
import { zstd } from '../zstd/index.ts'

/** What kernels are compressed with. */
const COMPRESSIONS: readonly StreamFormat[] = [gzip, xz, lzma, bzip2, lzop, lz4, zstd]
const MAGICS = COMPRESSIONS.flatMap((format) => format.magic.map((magic) => ({ ...magic, format })))
const search = createSearch(MAGICS.map(({ bytes }) => bytes))
/** Magics that are none: an unpacking program has a few of them in its code. */
const MOST_TRIES = 1000
/** Behind `reach`: the longest magic, and how far behind the start it stands. */
const BEHIND = 16

/**
 * The compressed kernel within a stretch, to its end: from the first place on, of the first `reach` bytes, where the header
 * of a compression holds.
 */
export function findPayload(bytes: Bytes, { at, length }: Stored, reach = length): Stored | undefined {
  const end = Math.min(at + length, bytes.size)
  if (end <= at) return undefined
  let tries = 0
  let found: number | undefined
  const look = (index: number, hit: number) => {
    const magic = MAGICS[index] as (typeof MAGICS)[number]
    const start = hit - magic.at
    if (start >= at && holds(magic.format, bytes, start)) found = start
    return ++tries < MOST_TRIES && found === undefined
  }
  search(bytes, look, at, Math.min(end, at + reach + BEHIND))
  return found === undefined ? undefined : { at: found, length: at + length - found }
}

function holds(format: StreamFormat, bytes: Bytes, at: number): boolean {
  try {
    return format.recognise(bytes, at)
  } catch (error) {
    if (error instanceof BytesError || error instanceof DecodeError) return false
    throw error
  }
}
