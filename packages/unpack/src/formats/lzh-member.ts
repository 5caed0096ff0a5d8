import {
  arjFastDecompress,
  type Bytes,
  DecodeError,
  type LzhVariant,
  lzhDecompress,
  MAX_VIEW,
} from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Sink } from '../contract.ts'

/** A packed or stored content of an archive. */
export interface LzhContent {
  readonly at: number
  /** Bytes, packed and plain. */
  readonly packed: number
  readonly size: number
  readonly method: LzhVariant | 'arj-fast' | 'stored' | 'unsupported'
}

/** What sums up a content piece by piece: the sum of what came before and the next piece. */
export type Summing = (before: number, chunk: Uint8Array) => number

/** Shows a content, compared with its checksum; what cannot be unpacked is told. */
export function showLzh(
  bytes: Bytes,
  meta: EntryMeta,
  { at, packed, size, method }: LzhContent,
  checksum: number,
  sum: Summing,
  sink: Sink,
): void {
  if (at + packed > bytes.size) sink.problem('truncated', 'the archive ends within this content', meta.path)
  else if (method === 'unsupported' || packed > MAX_VIEW)
    sink.problem('unsupported', 'its compression method is not read', meta.path)
  else {
    sink.stream(meta, (write) => {
      let total = 0
      const show = (chunk: Uint8Array) => {
        total = sum(total, chunk)
        write(chunk)
      }
      const end = at + packed
      try {
        if (method === 'stored') show(bytes.view(at, Math.min(packed, size)))
        else if (method === 'arj-fast') arjFastDecompress(bytes.view(at, packed), size, show)
        else lzhDecompress(bytes.view(at, packed), method, size, show)
      } catch (error) {
        if (!(error instanceof DecodeError) && !(error instanceof FormatError)) throw error
        const code = error instanceof DecodeError ? error.code : 'corrupt'
        return { end, checksum: 'none', problem: { code, message: error.message } }
      }
      if (total === checksum) return { end, checksum: 'matches' }
      return { end, checksum: 'differs', problem: { code: 'checksum', message: 'the CRC differs' } }
    })
    return
  }
  sink.entry(meta)
}
