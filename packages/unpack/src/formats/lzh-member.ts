import { arjFastDecompress, type Bytes, type LzhVariant, lzhDecompress } from '@messlatte/bytes'
import type { EntryMeta, Sink } from '../contract.ts'
import { asStored, type PackedContent, showPacked, type ToldSum, type Unpack } from './packed-member.ts'

/** A packed or stored content of an archive. */
export interface LzhContent extends PackedContent {
  readonly method: LzhVariant | 'arj-fast' | 'stored' | 'unsupported'
}

/** Shows a content, compared with its checksum; what cannot be unpacked is told. */
export function showLzh(bytes: Bytes, meta: EntryMeta, content: LzhContent, sum: ToldSum, sink: Sink): void {
  if (content.at + content.packed > bytes.size) {
    sink.problem('truncated', 'the archive ends within this content', meta.path)
    sink.entry(meta)
  } else showPacked(bytes, meta, content, unpackBy(content.method), sum, sink)
}

export function unpackBy(method: LzhContent['method']): Unpack | undefined {
  switch (method) {
    case 'unsupported':
      return undefined
    case 'stored':
      return asStored
    case 'arj-fast':
      return arjFastDecompress
    default:
      return (input, size, write) => lzhDecompress(input, method, size, write)
  }
}
