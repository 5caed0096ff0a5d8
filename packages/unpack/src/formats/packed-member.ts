import { crc32 } from 'node:zlib'
import { type Bytes, DecodeError, MAX_VIEW, type StreamEnd } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../contract.ts'
import { crc16 } from './crc16.ts'
import { copyStretch } from './members.ts'

/** Where a packed or stored content of an archive lies. */
export interface PackedContent {
  readonly at: number
  /** Bytes, packed and plain. */
  readonly packed: number
  readonly size: number
}

/** Writes what comes out of a packed content, `size` bytes or more. @throws DecodeError */
export type Unpack = (input: Uint8Array, size: number, write: (chunk: Uint8Array) => void) => void

/** The sum of a plain content, and how it is made piece by piece: of what came before and the next piece, beginning with 0. */
export interface ToldSum {
  readonly told: number
  readonly add: (before: number, chunk: Uint8Array) => number
}

/** The packed content has a sum of its own, at its end, which `unpack` compares. */
export const OWN_SUM = 'own'

export const addCrc16: ToldSum['add'] = (before, chunk) => crc16(chunk, before)
export const addCrc32: ToldSum['add'] = (before, chunk) => crc32(chunk, before)

export const asStored: Unpack = (input, size, write) => write(input.subarray(0, size))

/** A packed content that is larger is told and not read, in bytes: it has to be held. */
const MOST_PACKED = 256 * 1024 * 1024

/** Why a packed content is not read. */
export const TOO_LARGE = 'its packed content is of over 256 MiB'

export function isTooLarge({ packed }: Pick<PackedContent, 'packed'>): boolean {
  return packed > MOST_PACKED
}

/** A packed content, as far as it is there. */
export function packedBytes(bytes: Bytes, { at, packed }: Pick<PackedContent, 'at' | 'packed'>): Uint8Array {
  const from = Math.min(at, bytes.size)
  const length = Math.max(0, Math.min(packed, bytes.size - from))
  if (length <= MAX_VIEW) return bytes.view(from, length)
  const content = Buffer.alloc(length)
  copyStretch(bytes, from, content)
  return content
}

/** Thrown through the decoder to end it. */
const ENOUGH = Symbol('all of it came out')

/**
 * Shows a content that is packed by itself, compared with its sum; no more comes out than its header says.
 * @param unpack undefined where its method is not undone, which is told by `unread`
 */
export function showPacked(
  bytes: Bytes,
  meta: EntryMeta,
  content: PackedContent,
  unpack: Unpack | undefined,
  sum: ToldSum | typeof OWN_SUM | undefined,
  sink: Sink,
  unread = 'its compression method is not read',
): void {
  const { at, packed, size } = content
  if (!unpack || isTooLarge(content)) {
    sink.problem('unsupported', unpack ? TOO_LARGE : unread, meta.path)
    sink.entry(meta)
    return
  }
  sink.stream(meta, (write): StreamEnd => {
    const end = at + packed
    const hasOwnSum = sum === OWN_SUM
    let [total, done, isEnded] = [0, 0, false]
    try {
      unpack(packedBytes(bytes, content), size, (chunk) => {
        if (hasOwnSum && done >= size) throw ENOUGH
        const part = chunk.subarray(0, size - done)
        if (sum && !hasOwnSum) total = sum.add(total, part)
        done += part.length
        if (part.length > 0) write(part)
        // Its own sum stands behind all of it.
        if (!hasOwnSum && done >= size) throw ENOUGH
      })
      isEnded = true
    } catch (error) {
      if (error instanceof DecodeError)
        return {
          end,
          checksum: error.code === 'checksum' ? 'differs' : 'none',
          problem: { code: error.code, message: error.message },
        }
      if (error !== ENOUGH) throw error
    }
    if (done < size)
      return { end, checksum: 'none', problem: { code: 'truncated', message: 'less comes out than it has' } }
    if (!sum) return { end, checksum: 'none' }
    if (hasOwnSum) return { end, checksum: isEnded ? 'matches' : 'none' }
    if (total === sum.told) return { end, checksum: 'matches' }
    return { end, checksum: 'differs', problem: { code: 'checksum', message: 'the CRC differs' } }
  })
}
